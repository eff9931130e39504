namespace OrleansTicker.LoadTest.Reporting;

/// <summary>A check that decides the exit code of a run.</summary>
/// <param name="Name">What must hold.</param>
/// <param name="Held">Whether it held.</param>
/// <param name="Found">What was found.</param>
internal sealed record Check(string Name, bool Held, string Found);
