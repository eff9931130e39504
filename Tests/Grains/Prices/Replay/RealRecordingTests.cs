using System.Globalization;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Tests.Grains.Prices.Exchanges;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.Grains.Prices.Replay.Recorded;

namespace OrleansTicker.Tests.Grains.Prices.Replay;

/// <summary>Plays what exchanges really sent. The recordings are no part of the repository.</summary>
public sealed class RealRecordingTests : IDisposable
{
    private const int SkippedLines = 2041;

    private readonly SeenLogs _logs = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Each_product_ends_at_the_last_price_of_the_recording()
    {
        var path = Recording.FindOrSkip();

        var newest = await PlayAsync(new ReplayOptions { Path = path, Speed = 10_000, Loop = false });

        var expected = Recording.LastPrices(path);
        Assert.Equal(10, expected.Count);
        Assert.Equal(expected, newest.ToDictionary(q => q.Key, q => Text(q.Value.Price)!));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public async Task The_recordings_of_five_exchanges_played_together_end_with_each_symbol_at_its_last_price_bid_and_ask(double speed)
    {
        var expected = new Dictionary<string, RecordedFigures>
        {
            ["kraken:SKL-USD"] = new() { Last = "0.7907", Bid = "0.7901", Ask = "0.7909" },
            ["kraken:XRP-USD"] = new() { Last = "1.5", Bid = "1.49", Ask = "1.51" },
        };
        Add("coinbase:", RecordedFigures.OfCoinbase(), product => product);
        Add("binance:", RecordedFigures.OfBinance(), product => product.Insert(product.Length - (product.EndsWith("USDT", StringComparison.Ordinal) ? 4 : 3), "-"));
        Add("bitstamp:", RecordedFigures.OfBitstamp(), product => product.Replace("usd", "-usd", StringComparison.Ordinal).ToUpperInvariant());
        Add("okx:", RecordedFigures.OfOkx(), product => product);

        var newest = await PlayAsync(new ReplayOptions
        {
            Recordings =
            {
                ["Coinbase"] = Recording.FindOrSkip(RecordedFigures.Coinbase),
                ["Kraken"] = WriteKraken(),
                ["Binance"] = Recording.FindOrSkip(RecordedFigures.Binance),
                ["Bitstamp"] = Recording.FindOrSkip(RecordedFigures.Bitstamp),
                ["OKX"] = Recording.FindOrSkip(RecordedFigures.Okx),
            },
            Speed = speed,
            Loop = false,
        });

        var ofExchanges = newest.Values.Where(quote => SymbolNames.IsOfOneExchange(quote.Symbol)).ToList();
        Assert.Equal(
            expected.Select(figures => (figures.Key, figures.Value.Last, figures.Value.Bid, figures.Value.Ask)).Order(),
            ofExchanges.Select(quote => (quote.Symbol, Text(quote.Details!.Last), Text(quote.Details.Bid), Text(quote.Details.Ask))).Order());
        Assert.All(ofExchanges.Where(quote => quote.Details!.Last is not null), quote => Assert.Equal(quote.Details!.Last, quote.Price));

        // Two exchanges have SKL-USD, and both speak until the end: its price is between theirs.
        var shared = newest["SKL-USD"];
        var ofCoinbase = expected["coinbase:SKL-USD"];
        Assert.Equal((Number(ofCoinbase.Bid) + Number(ofCoinbase.Ask) + 0.7901m + 0.7909m) / 4, shared.Price, precision: 4);
        Assert.Equal((2, false), (shared.Details!.Sources, shared.IsStale));

        void Add(string exchange, Dictionary<string, RecordedFigures> figures, Func<string, string> toSymbol)
        {
            Assert.NotEmpty(figures);
            foreach (var (product, last) in figures)
            {
                expected.Add(exchange + toSymbol(product), last);
            }
        }
    }

    public void Dispose()
    {
        _logs.Dispose();
        _folder.Dispose();
    }

    /// <summary>Kraken's recording is ours, since there is no real one. It is as long as the longest of the others.</summary>
    private string WriteKraken() => _folder.Write(
        "kraken.tsv",
        Enumerable.Range(0, 29).Select(second => At(1000 + second, KrakenHeartbeat))
            .Prepend(KrakenLine(1000, "XRP/USD", "1.49", "1.51", "1.5"))
            .Prepend(KrakenLine(1000, "SKL/USD", "0.7801", "0.7809", "0.7805"))
            .Append(KrakenLine(1029, "SKL/USD", "0.7901", "0.7909", "0.7907")));

    private static string? Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static decimal Number(string? text) => decimal.Parse(text!, CultureInfo.InvariantCulture);

    private async Task<Dictionary<string, Quote>> PlayAsync(ReplayOptions options)
    {
        var newest = new Dictionary<string, Quote>();
        foreach (var quote in (await options.ToTurns(_logs).AllAsync()).SelectMany(turn => turn.Changes))
        {
            newest[quote.Symbol] = quote;
        }

        Assert.Empty(_logs.Of(SkippedLines));
        return newest;
    }
}
