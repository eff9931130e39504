namespace OrleansTicker.LoadTest.Reporting;

/// <summary>Something that a run has to prove, and decides its exit code.</summary>
/// <param name="Name">What has to be so.</param>
/// <param name="Held">Whether it was.</param>
/// <param name="Found">What was found instead, or beside it.</param>
internal sealed record Check(string Name, bool Held, string Found);
