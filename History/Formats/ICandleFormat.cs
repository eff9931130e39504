using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.History.Formats;

/// <summary>A format of files with candles.</summary>
public interface ICandleFormat
{
    /// <summary>Its name, as in commands and at the end of files' names.</summary>
    string Name { get; }

    /// <summary>Its media type.</summary>
    string MediaType { get; }

    /// <summary>Writes candles as they come. The stream need not be able to seek, and nothing is written to it synchronously.</summary>
    /// <param name="candles">The candles.</param>
    /// <param name="stream">Where to write; it stays open.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>How many candles were written.</returns>
    /// <exception cref="InvalidDataException">A candle has a number that the format can't hold.</exception>
    Task<long> WriteAsync(IAsyncEnumerable<SymbolCandle> candles, Stream stream, CancellationToken cancellationToken);

    /// <summary>Reads a file. Rows that are wrong say why, and the others follow all the same.</summary>
    /// <param name="stream">The file, which can seek.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">The file is of another format, or lacks a column.</exception>
    IAsyncEnumerable<CandleRow> ReadAsync(Stream stream, CancellationToken cancellationToken);
}
