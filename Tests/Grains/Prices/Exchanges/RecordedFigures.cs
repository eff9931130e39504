using System.Text.Json;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges;

/// <summary>
/// What a recording says last of a product, read from its messages without the exchange's parser. The recordings are no part of the
/// repository: where they are missing, the test is skipped.
/// </summary>
internal sealed class RecordedFigures
{
    public const string Coinbase = "coinbase-exchange-2021-04-17.tsv";

    public const string Binance = "binance-combined-2021-10-12.tsv";

    public const string Okx = "okx-spot-2022-05-13.tsv";

    public const string Bitstamp = "bitstamp-trades-2022-01-05.tsv";

    public string? Last { get; set; }

    public string? Bid { get; set; }

    public string? Ask { get; set; }

    public long Trades { get; set; }

    /// <summary>What the recording of Coinbase says of each product.</summary>
    public static Dictionary<string, RecordedFigures> OfCoinbase()
    {
        var all = new Dictionary<string, RecordedFigures>();
        foreach (var message in Messages(Coinbase))
        {
            var type = Text(message, "type");
            if (type is "ticker" or "match" or "last_match")
            {
                var figures = Of(all, Text(message, "product_id"));
                figures.Last = Text(message, "price");
                figures.Trades += type == "match" ? 1 : 0;
                (figures.Bid, figures.Ask) = type == "ticker" ? (Text(message, "best_bid"), Text(message, "best_ask")) : (figures.Bid, figures.Ask);
            }
        }

        return all;
    }

    /// <summary>What the recording of Binance says of each product.</summary>
    public static Dictionary<string, RecordedFigures> OfBinance()
    {
        var all = new Dictionary<string, RecordedFigures>();
        foreach (var message in Messages(Binance))
        {
            var data = message.GetProperty("data");
            if (Text(message, "stream").EndsWith("@bookTicker", StringComparison.Ordinal))
            {
                var figures = Of(all, Text(data, "s"));
                (figures.Bid, figures.Ask) = (Text(data, "b"), Text(data, "a"));
            }
            else if (Text(message, "stream").EndsWith("@aggTrade", StringComparison.Ordinal))
            {
                var figures = Of(all, Text(data, "s"));
                figures.Last = Text(data, "p");
                figures.Trades += data.GetProperty("l").GetInt64() - data.GetProperty("f").GetInt64() + 1;
            }
        }

        return all;
    }

    /// <summary>What the recording of OKX says of each product.</summary>
    public static Dictionary<string, RecordedFigures> OfOkx()
    {
        var all = new Dictionary<string, RecordedFigures>();
        foreach (var message in Messages(Okx).Where(message => message.TryGetProperty("data", out _)))
        {
            var figures = Of(all, Text(message.GetProperty("arg"), "instId"));
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

        return all;
    }

    /// <summary>What the recording of Bitstamp says of each product.</summary>
    public static Dictionary<string, RecordedFigures> OfBitstamp()
    {
        var all = new Dictionary<string, RecordedFigures>();
        foreach (var message in Messages(Bitstamp).Where(message => Text(message, "event") == "trade"))
        {
            var figures = Of(all, Text(message, "channel").Split('_')[2]);
            figures.Last = Text(message.GetProperty("data"), "price_str");
            figures.Trades++;
        }

        return all;
    }

    /// <summary>The lines of a recording.</summary>
    public static IEnumerable<string> Lines(string file) => File.ReadLines(Recording.FindOrSkip(file)).Where(line => line.Length > 0);

    private static IEnumerable<JsonElement> Messages(string file) => Lines(file).Select(line => JsonElement.Parse(line.Split('\t', 2)[1]));

    private static RecordedFigures Of(Dictionary<string, RecordedFigures> all, string product) =>
        all.TryGetValue(product, out var known) ? known : all[product] = new RecordedFigures();

    private static string Text(JsonElement message, string property) => message.GetProperty(property).GetString()!;
}
