using System.Collections.Immutable;

namespace OrleansTicker.History.Formats;

/// <summary>The formats of files with candles.</summary>
public static class CandleFormats
{
    /// <summary>Text, for everything that reads tables: RFC 4180.</summary>
    public static ICandleFormat Csv { get; } = new CsvFormat();

    /// <summary>Apache Parquet, for programs that read much.</summary>
    public static ICandleFormat Parquet { get; } = new ParquetFormat();

    /// <summary>All of them.</summary>
    public static ImmutableArray<ICandleFormat> All { get; } = [Csv, Parquet];

    /// <summary>The format that the end of a file's name stands for; null if there is none.</summary>
    public static ICandleFormat? OfFile(string path) => Find(Path.GetExtension(path).TrimStart('.'));

    /// <summary>The format of this name; null if there is none.</summary>
    public static ICandleFormat? Find(string? name) =>
        All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.OrdinalIgnoreCase));
}
