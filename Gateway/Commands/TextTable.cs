namespace OrleansTicker.Gateway.Commands;

/// <summary>Formats tables for people.</summary>
internal static class TextTable
{
    /// <summary>Rows in columns, one per line; the first is the heads.</summary>
    public static string Of(IReadOnlyList<string[]> rows)
    {
        var widths = rows[0].Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return string.Join('\n', rows.Select(row =>
            string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }
}
