using System.Globalization;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>Writes a file with candles of an invented past, which the gateway's command <c>history import</c> reads.</summary>
internal static class InventedHistory
{
    /// <summary>The symbols, which the simulated market and those of the exchanges have, and their prices in the past.</summary>
    public static readonly IReadOnlyList<(string Symbol, decimal Price)> Symbols = [("BTC-USD", 42_000m), ("ETH-USD", 2500m), ("SOL-USD", 95m)];

    private const decimal Step = 0.01m;

    /// <param name="path">The file.</param>
    /// <param name="until">When the candles end.</param>
    /// <param name="minutes">How long before that the candles of minutes begin.</param>
    /// <param name="seconds">How long before that the candles of seconds begin.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>How many candles were written.</returns>
    public static async Task<int> WriteAsync(string path, DateTimeOffset until, TimeSpan minutes, TimeSpan seconds, CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(path);
        await file.WriteLineAsync("symbol,interval,open_time,open,high,low,close,volume,quote_volume,trades");
        var count = 0;
        foreach (var (symbol, price) in Symbols)
        {
            count += await WriteAsync(file, symbol, "1m", TimeSpan.FromMinutes(1), until, minutes, price, cancellationToken);
            count += await WriteAsync(file, symbol, "1s", TimeSpan.FromSeconds(1), until, seconds, price, cancellationToken);
        }

        return count;
    }

    private static async Task<int> WriteAsync(
        StreamWriter file, string symbol, string interval, TimeSpan length, DateTimeOffset until, TimeSpan past, decimal price, CancellationToken cancellationToken)
    {
        var count = 0;
        var end = until.UtcTicks - (until.UtcTicks % length.Ticks);
        for (var time = end - (past.Ticks / length.Ticks * length.Ticks); time < end; time += length.Ticks, count++)
        {
            // Up and down, with figures of the usual length: a flat market would be short to write.
            var (open, close) = (price + (Step * (count * 7919L % 1000)), price + (Step * ((count + 1) * 7919L % 1000)));
            var volume = 1.00000001m + (count % 97 * 0.01030927m);
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{symbol},{interval},{new DateTime(time, DateTimeKind.Utc):yyyy-MM-dd'T'HH:mm:ss'Z'},{open},{Math.Max(open, close) + Step},{Math.Min(open, close) - Step},{close},{volume},{volume * open},{100 + (count % 900)}");
            await file.WriteLineAsync(line.AsMemory(), cancellationToken);
        }

        return count;
    }
}
