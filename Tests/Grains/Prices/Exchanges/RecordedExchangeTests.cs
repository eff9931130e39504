using System.Globalization;
using System.Text;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Exchanges.Catalog;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges;

/// <summary>Reads what exchanges really sent, and once more in another way. The recordings are no part of the repository.</summary>
public sealed class RecordedExchangeTests
{
    [Fact]
    public void Coinbase_ends_as_its_recording_does() => Compare("Coinbase", RecordedFigures.Coinbase, RecordedFigures.OfCoinbase());

    [Fact]
    public void Binance_ends_as_its_recording_does() => Compare("Binance", RecordedFigures.Binance, RecordedFigures.OfBinance());

    [Fact]
    public void OKX_ends_as_its_recording_does() => Compare("OKX", RecordedFigures.Okx, RecordedFigures.OfOkx());

    [Fact]
    public void Bitstamp_ends_as_its_recording_does() => Compare("Bitstamp", RecordedFigures.Bitstamp, RecordedFigures.OfBitstamp());

    private static void Compare(string name, string file, Dictionary<string, RecordedFigures> expected)
    {
        var book = new ExchangeBook(ExchangeCatalog.Find(name)!, product => product);
        foreach (var line in RecordedFigures.Lines(file))
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

    private static string? Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);
}
