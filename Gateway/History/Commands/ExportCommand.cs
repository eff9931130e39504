using System.CommandLine;
using System.Globalization;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using OrleansTicker.History.Formats;

namespace OrleansTicker.Gateway.History.Commands;

/// <summary><c>history export</c>.</summary>
internal static class ExportCommand
{
    /// <summary>How many candles of a symbol are read at a time.</summary>
    private const int Portion = 5_000;

    public static Command Create(HistoryConsole console)
    {
        var output = new Option<string>("--output")
        {
            Description = "The file to write. One that exists is replaced when the new one is whole.", Required = true, HelpName = "file",
        };
        var format = HistoryArguments.Format();
        var intervals = HistoryArguments.IntervalsKept();
        var symbols = new Option<string[]>("--symbol") { Description = "Candles of this symbol only; may be repeated.", HelpName = "symbol" };
        var from = HistoryArguments.Time("--from", "The earliest open time.");
        var to = HistoryArguments.Time("--to", "The open time before which they end.");

        var command = new Command("export", "Writes candles to a file: CSV or Parquet.") { output, format, intervals, symbols, from, to };
        command.SetAction((line, cancellationToken) =>
        {
            var path = line.GetRequiredValue(output);
            if ((line.GetValue(format) ?? CandleFormats.OfFile(path)) is not { } chosen)
            {
                return console.RejectAsync(HistoryArguments.NoFormat(path));
            }

            var range = new TimeRange(line.GetValue(from) ?? DateTimeOffset.MinValue, line.GetValue(to) ?? DateTimeOffset.MaxValue);
            return range.From >= range.To
                ? console.RejectAsync("--from has to be before --to.")
                : console.RunAsync(async store =>
                {
                    if (await FindUnknownAsync(store, line.GetValue(symbols) ?? [], cancellationToken) is { } unknown)
                    {
                        return $"{store.Location} has no candles of {unknown}, and nothing was exported.";
                    }

                    var wanted = line.GetValue(intervals) is { Length: > 0 } some ? some.Distinct().Order() : CandleIntervals.Kept.AsEnumerable();
                    var candles = Read(store, [.. wanted], line.GetValue(symbols) ?? [], range, cancellationToken);
                    var count = await WriteAsync(path, chosen, candles, cancellationToken);
                    // In full, since dotnet run changes to the project's folder.
                    await console.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{count} candles are in {Path.GetFullPath(path)}."));
                    return null;
                });
        });
        return command;
    }

    /// <summary>The first symbol of which there is no candle at all; null if there are candles of each.</summary>
    private static async Task<string?> FindUnknownAsync(IHistoryStore store, string[] symbols, CancellationToken cancellationToken)
    {
        foreach (var symbol in symbols)
        {
            var isKnown = false;
            foreach (var interval in CandleIntervals.Kept)
            {
                isKnown = isKnown || (await store.ReadAsync(
                    symbol, interval, new TimeRange(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), 1, isNewest: true, cancellationToken)).Count > 0;
            }

            if (!isKnown)
            {
                return symbol;
            }
        }

        return null;
    }

    private static async Task<long> WriteAsync(
        string path, ICandleFormat format, IAsyncEnumerable<SymbolCandle> candles, CancellationToken cancellationToken)
    {
        var part = path + ".part";
        try
        {
            long count;
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                count = await format.WriteAsync(candles, file, cancellationToken);
            }

            File.Move(part, path, overwrite: true);
            return count;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static IAsyncEnumerable<SymbolCandle> Read(
        IHistoryStore store, CandleInterval[] intervals, string[] symbols, TimeRange range, CancellationToken cancellationToken) =>
        intervals.ToAsyncEnumerable().SelectMany(interval => symbols.Length == 0
            ? store.ReadAllAsync(interval, range, cancellationToken)
            : symbols.Distinct().Order(StringComparer.Ordinal).ToAsyncEnumerable()
                .SelectMany(symbol => ReadSymbol(store, symbol, interval, range, cancellationToken)));

    private static async IAsyncEnumerable<SymbolCandle> ReadSymbol(
        IHistoryStore store,
        string symbol,
        CandleInterval interval,
        TimeRange range,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = range;
        IReadOnlyList<Candle> portion;
        do
        {
            portion = await store.ReadAsync(symbol, interval, next, Portion, isNewest: false, cancellationToken);
            foreach (var candle in portion)
            {
                yield return new SymbolCandle(symbol, interval, candle);
                next = range with { From = candle.OpenTime + interval.Length() };
            }
        }
        while (portion.Count == Portion);
    }
}
