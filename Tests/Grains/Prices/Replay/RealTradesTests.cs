using System.Globalization;
using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.Grains.Prices.Replay.Recorded;

namespace OrleansTicker.Tests.Grains.Prices.Replay;

/// <summary>
/// The trades of each second of what Coinbase really sent, beside an independent reading of the file. The recording is no part of the repository.
/// </summary>
public sealed class RealTradesTests : IDisposable
{
    private readonly SeenLogs _logs = new();
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(10_000)]
    public async Task The_seconds_of_one_exchange_are_those_of_the_trades_in_its_recording(double speed)
    {
        var path = Recording.FindOrSkip();

        var told = await PlayAsync(new ReplayOptions { Path = path, Speed = speed, Loop = false });

        Assert.Equal(Expected(path, product => product), told);
    }

    [Fact]
    public async Task In_a_market_they_are_the_same_under_the_exchange()
    {
        var path = Recording.FindOrSkip();
        var kraken = _folder.Write("kraken.tsv", KrakenLine(1000, "XRP/USD", "1.49", "1.51", "1.5"));

        var told = await PlayAsync(new ReplayOptions { Recordings = { ["Coinbase"] = path, ["Kraken"] = kraken }, Loop = false });

        var own = told.Where(second => second.Symbol.StartsWith("coinbase:", StringComparison.Ordinal)).ToList();
        Assert.Equal(Expected(path, product => $"coinbase:{product}"), own);

        // Coinbase alone has traded, and counts in every price.
        Assert.Equal(
            own.Select(second => (second.Symbol[9..], second.Trades)),
            told.Where(second => !second.Symbol.Contains(':', StringComparison.Ordinal)));
    }

    public void Dispose()
    {
        _logs.Dispose();
        _folder.Dispose();
    }

    /// <summary>Reads the recording with nothing of the sources. The price of a second's first trade is that of the lowest time, then number.</summary>
    private static List<(string Symbol, SecondTrades Trades)> Expected(string path, Func<string, string> toSymbol)
    {
        var trades = new Dictionary<(string Product, long Id), (DateTimeOffset At, decimal Price, decimal Size)>();
        foreach (var line in File.ReadLines(path))
        {
            using var message = JsonDocument.Parse(line[(line.IndexOf('\t') + 1)..]);
            if (message.RootElement.GetProperty("type").ValueEquals("match"))
            {
                trades[(Text("product_id"), message.RootElement.GetProperty("trade_id").GetInt64())] =
                    (DateTimeOffset.Parse(Text("time"), CultureInfo.InvariantCulture), Number("price"), Number("size"));
            }

            string Text(string property) => message.RootElement.GetProperty(property).GetString()!;

            decimal Number(string property) => decimal.Parse(Text(property), CultureInfo.InvariantCulture);
        }

        Assert.True(trades.Count > 50, $"only {trades.Count} trades");
        return trades
            .OrderBy(trade => trade.Value.At)
            .ThenBy(trade => trade.Key.Id)
            .GroupBy(trade => (Symbol: toSymbol(trade.Key.Product), Second: trade.Value.At.ToUnixTimeSeconds()), trade => trade.Value)
            .Select(second => (second.Key.Symbol, new SecondTrades(
                DateTimeOffset.FromUnixTimeSeconds(second.Key.Second),
                second.First().Price,
                second.Max(trade => trade.Price),
                second.Min(trade => trade.Price),
                second.Last().Price,
                second.First().At,
                second.Last().At,
                second.Count(),
                second.Sum(trade => trade.Size),
                second.Sum(trade => trade.Price * trade.Size))))
            .OrderBy(second => second.Symbol, StringComparer.Ordinal)
            .ThenBy(second => second.Item2.Second)
            .ToList();
    }

    /// <summary>What was last told of each second.</summary>
    private async Task<List<(string Symbol, SecondTrades Trades)>> PlayAsync(ReplayOptions options)
    {
        var told = new Dictionary<(string Symbol, DateTimeOffset Second), SecondTrades>();
        foreach (var (symbol, trades) in (await options.ToTurns(_logs).AllAsync()).SelectMany(turn => turn.Seconds))
        {
            told[(symbol, trades.Second)] = trades;
        }

        return told
            .Select(second => (second.Key.Symbol, second.Value))
            .OrderBy(second => second.Symbol, StringComparer.Ordinal)
            .ThenBy(second => second.Value.Second)
            .ToList();
    }
}
