using System.Globalization;
using System.Text;
using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Exchanges.Catalog;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges;

/// <summary>Reads what exchanges really sent, and once more in another way. The recordings are no part of the repository.</summary>
public sealed class RecordedExchangeTests
{
    [Fact]
    public void Coinbase_ends_as_its_recording_does()
    {
        var expected = new Dictionary<string, Figures>();
        foreach (var message in Messages("coinbase-exchange-2021-04-17.tsv"))
        {
            var type = Text(message, "type");
            if (type is "ticker" or "match" or "last_match")
            {
                var figures = Of(expected, Text(message, "product_id"));
                figures.Last = Text(message, "price");
                figures.Trades += type == "match" ? 1 : 0;
                (figures.Bid, figures.Ask) = type == "ticker" ? (Text(message, "best_bid"), Text(message, "best_ask")) : (figures.Bid, figures.Ask);
            }
        }

        Compare("Coinbase", "coinbase-exchange-2021-04-17.tsv", expected);
    }

    [Fact]
    public void Binance_ends_as_its_recording_does()
    {
        var expected = new Dictionary<string, Figures>();
        foreach (var message in Messages("binance-combined-2021-10-12.tsv"))
        {
            var data = message.GetProperty("data");
            if (Text(message, "stream").EndsWith("@bookTicker", StringComparison.Ordinal))
            {
                var figures = Of(expected, Text(data, "s"));
                (figures.Bid, figures.Ask) = (Text(data, "b"), Text(data, "a"));
            }
            else if (Text(message, "stream").EndsWith("@aggTrade", StringComparison.Ordinal))
            {
                var figures = Of(expected, Text(data, "s"));
                figures.Last = Text(data, "p");
                figures.Trades += data.GetProperty("l").GetInt64() - data.GetProperty("f").GetInt64() + 1;
            }
        }

        Compare("Binance", "binance-combined-2021-10-12.tsv", expected);
    }

    [Fact]
    public void OKX_ends_as_its_recording_does()
    {
        var expected = new Dictionary<string, Figures>();
        foreach (var message in Messages("okx-spot-2022-05-13.tsv").Where(message => message.TryGetProperty("data", out _)))
        {
            var figures = Of(expected, Text(message.GetProperty("arg"), "instId"));
            foreach (var item in message.GetProperty("data").EnumerateArray())
            {
                if (Text(message.GetProperty("arg"), "channel") == "trades")
                {
                    figures.Trades++;
                    figures.Last = Text(item, "px");
                }
                else
                {
                    (figures.Bid, figures.Ask) = (Text(item, "bidPx"), Text(item, "askPx"));
                }
            }
        }

        Compare("OKX", "okx-spot-2022-05-13.tsv", expected);
    }

    [Fact]
    public void Bitstamp_ends_as_its_recording_does()
    {
        var expected = new Dictionary<string, Figures>();
        foreach (var message in Messages("bitstamp-trades-2022-01-05.tsv").Where(message => Text(message, "event") == "trade"))
        {
            var figures = Of(expected, Text(message, "channel").Split('_')[2]);
            figures.Last = Text(message.GetProperty("data"), "price_str");
            figures.Trades++;
        }

        Compare("Bitstamp", "bitstamp-trades-2022-01-05.tsv", expected);
    }

    private static void Compare(string name, string file, Dictionary<string, Figures> expected)
    {
        var book = new ExchangeBook(ExchangeCatalog.Find(name)!, product => product);
        foreach (var line in Lines(file))
        {
            var received = double.Parse(line.Split('\t')[0], CultureInfo.InvariantCulture);
            var message = book.Read(Encoding.UTF8.GetBytes(line.Split('\t', 2)[1]), TimeSpan.FromSeconds(received), DateTimeOffset.UnixEpoch);
            Assert.NotEqual(ExchangeMessageKind.Unreadable, message.Kind);
        }

        var quotes = new List<ExchangeQuote>();
        book.CollectAll(TimeSpan.Zero, quotes);
        Assert.NotEmpty(expected);
        Assert.Equal(
            expected.Select(figures => (figures.Key, figures.Value.Last, figures.Value.Bid, figures.Value.Ask, figures.Value.Trades)).Order(),
            quotes.Select(quote => (quote.Symbol, Text(quote.Last), Text(quote.Bid), Text(quote.Ask), quote.Trades)).Order());
    }

    private static IEnumerable<string> Lines(string file) => File.ReadLines(Recording.FindOrSkip(file)).Where(line => line.Length > 0);

    private static IEnumerable<JsonElement> Messages(string file) => Lines(file).Select(line => JsonElement.Parse(line.Split('\t', 2)[1]));

    private static Figures Of(Dictionary<string, Figures> all, string product) => all.TryGetValue(product, out var known) ? known : all[product] = new Figures();

    private static string Text(JsonElement message, string property) => message.GetProperty(property).GetString()!;

    private static string? Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);

    private sealed class Figures
    {
        public string? Last { get; set; }

        public string? Bid { get; set; }

        public string? Ask { get; set; }

        public long Trades { get; set; }
    }
}
