using System.Globalization;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using OrleansTicker.History.Formats;

namespace OrleansTicker.Gateway.History.Commands;

/// <summary>
/// Reads a file of candles into a store. The whole file is checked before anything is written. A candle that a silo has made stays as it is,
/// since the imported one counts as older.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="format">The file's format.</param>
/// <param name="path">The file.</param>
internal sealed class CandleImport(IHistoryStore store, ICandleFormat format, string path)
{
    /// <summary>How many wrong rows are told.</summary>
    private const int MostErrors = 20;

    /// <summary>How many candles are written at a time.</summary>
    private const int Portion = 5_000;

    /// <summary>What was written.</summary>
    public ImportCount Imported { get; } = new(store);

    /// <summary>Why the file can't be imported, row by row; null if it can.</summary>
    /// <exception cref="InvalidDataException">The file is of another format.</exception>
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        var errors = new List<string>();
        var wrong = 0L;
        await foreach (var row in ReadAsync(cancellationToken))
        {
            if (row.Error is not null && ++wrong <= MostErrors)
            {
                var place = format == CandleFormats.Csv ? "Line" : "Row";
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"{place} {row.Number}: {row.Error}."));
            }
        }

        if (wrong == 0)
        {
            return null;
        }

        var rest = wrong > MostErrors ? string.Create(CultureInfo.InvariantCulture, $"\nAnd {wrong - MostErrors} more.") : "";
        return $"{string.Join('\n', errors)}{rest}\nNothing was imported.";
    }

    /// <summary>Writes all candles.</summary>
    /// <param name="isCovered">Whether the times of the candles count as watched.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="HistoryUnavailableException">The store can't be written; some may have been.</exception>
    public async Task WriteAsync(bool isCovered, CancellationToken cancellationToken)
    {
        await foreach (var rows in ReadAsync(cancellationToken).Chunk(Portion).WithCancellation(cancellationToken))
        {
            var candles = Array.ConvertAll(rows, row => row.Candle);
            var count = await Imported.LookAsync(candles, cancellationToken);
            var shards = candles.GroupBy(candle => ICandleGrain.ShardOf(candle.Symbol));
            await store.WriteAsync([.. shards.Select(shard => Of(shard.Key, [.. shard], isCovered))], cancellationToken);
            Imported.Add(count);
        }
    }

    private static ShardWrite Of(int shard, SymbolCandle[] candles, bool isCovered) => new(
        shard,
        default,
        default,
        isCovered ? [.. candles.Select(TimeOf).Distinct()] : [],
        [.. candles]);

    private static TimeRange TimeOf(SymbolCandle candle) =>
        new(candle.Candle.OpenTime, candle.Candle.OpenTime + candle.Interval.Length());

    private async IAsyncEnumerable<CandleRow> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        await foreach (var row in format.ReadAsync(file, cancellationToken))
        {
            yield return row;
        }
    }
}
