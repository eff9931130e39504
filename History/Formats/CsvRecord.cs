namespace OrleansTicker.History.Formats;

/// <summary>A record of a CSV file.</summary>
/// <param name="Line">The line where it begins, from 1 on.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="Error">What is wrong with how it is written; null if nothing is.</param>
internal sealed record CsvRecord(long Line, IReadOnlyList<string> Fields, string? Error);
