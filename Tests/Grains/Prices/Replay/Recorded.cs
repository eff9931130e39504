using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Prices.Consolidation;
using OrleansTicker.Grains.Prices.Replay;

namespace OrleansTicker.Tests.Grains.Prices.Replay;

/// <summary>Lines of recordings, and the turns in which they are played.</summary>
internal static class Recorded
{
    /// <summary>The time from one turn to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public const string KrakenHeartbeat = """{"channel":"heartbeat"}""";

    /// <summary>A line of Coinbase.</summary>
    public static string Line(double seconds, string symbol, string price, string time = "2024-05-06T07:08:09.123456Z", long sequence = 1) =>
        At(seconds, FeedMessages.Ticker(symbol, price, time, sequence));

    public static string Trade(double seconds, string symbol, string price, string size, int number) => At(
        seconds,
        $$"""{"type":"match","trade_id":{{number}},"sequence":{{number}},"time":"2024-05-06T07:08:09.123456Z","product_id":"{{symbol}}","size":"{{size}}","price":"{{price}}","side":"sell"}""");

    /// <summary>A line of Kraken.</summary>
    public static string KrakenLine(double seconds, string symbol, string bid, string ask, string last) => At(
        seconds,
        $$"""{"channel":"ticker","type":"update","data":[{"symbol":"{{symbol}}","bid":{{bid}},"bid_qty":7.5,"ask":{{ask}},"ask_qty":13.25,"last":{{last}},"volume":99,"vwap":{{last}},"low":{{last}},"high":{{last}},"change":0,"change_pct":0,"timestamp":"2024-05-06T07:08:09.123456Z"}]}""");

    public static string At(double seconds, string message) => FormattableString.Invariant($"{seconds:F6}\t{message}");

    public static ReplayTurns ToTurns(this ReplayOptions options, ILogger logger, ConsolidationOptions? consolidation = null) =>
        new(options, options.IsMarket ? consolidation ?? new ConsolidationOptions() : null, Interval, logger);

    /// <summary>Begins a replay that does not end.</summary>
    public static IAsyncEnumerator<ReplayTurn> Begin(this ReplayTurns turns) =>
        turns.PlayAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

    /// <summary>The next turns.</summary>
    public static async Task<List<ReplayTurn>> TakeAsync(this IAsyncEnumerator<ReplayTurn> turns, int count)
    {
        var taken = new List<ReplayTurn>();
        while (taken.Count < count)
        {
            Assert.True(await turns.MoveNextAsync());
            taken.Add(turns.Current);
        }

        return taken;
    }

    /// <summary>All turns of a replay that ends.</summary>
    public static async Task<List<ReplayTurn>> AllAsync(this ReplayTurns turns)
    {
        var all = new List<ReplayTurn>();
        await foreach (var turn in turns.PlayAsync(TestContext.Current.CancellationToken))
        {
            all.Add(turn);
        }

        return all;
    }

    /// <summary>What changed, and in which turn: <c>300: A 2</c>.</summary>
    public static IEnumerable<string> Changes(this IEnumerable<ReplayTurn> turns) => turns.SelectMany((turn, index) =>
        turn.Changes.Select(quote => FormattableString.Invariant($"{index}: {quote.Symbol} {quote.Price}{(quote.IsStale ? " stale" : "")}")));
}
