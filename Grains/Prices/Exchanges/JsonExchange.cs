using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>
/// What exchanges that speak JSON have in common: how their messages are read, and how figures become trades and quotes. Each adds the names
/// of its fields.
/// </summary>
internal abstract class JsonExchange : IExchange
{
    /// <summary>
    /// How many commas and openings a list of products may have. Each begins a value, which takes 12 bytes or more while the list is read: a list
    /// of nothing but empty values takes sixteen times its length. Real ones are mostly names, and have far fewer.
    /// </summary>
    private const int MaxListValues = 4_000_000;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public abstract string Name { get; }

    public abstract Uri FeedUrl { get; }

    public abstract Uri ProductsUrl { get; }

    public virtual string QuoteCurrency => "USD";

    public abstract ExchangeRules Rules { get; }

    public abstract string ToProduct(string symbol);

    public abstract string? ToSymbol(string product);

    public abstract IReadOnlyList<byte[]> Subscribe(IReadOnlyList<string> products);

    public IReadOnlyList<ListedProduct> ReadProducts(ReadOnlyMemory<byte> json)
    {
        var text = json.Span;
        if (text.Count((byte)',') + text.Count((byte)'[') + text.Count((byte)'{') > MaxListValues)
        {
            throw new FormatException($"{Name} has answered with more values than a list of products can have.");
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. ReadProducts(document.RootElement)];
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // JsonException for bad JSON, the others for JSON of another form.
            throw new FormatException($"{Name} has not answered with a list of products: {malformed.Message}", malformed);
        }
    }

    public virtual ExchangeMessage Read(ReadOnlySpan<byte> message, IExchangeEvents events)
    {
        message = message.StartsWith(ByteOrderMark) ? message[ByteOrderMark.Length..] : message;
        if (!Utf8.IsValid(message))
        {
            return ExchangeMessage.Unreadable;
        }

        try
        {
            var json = new JsonWalker(message);
            return json.EnterObject() ? Read(ref json, events) : ExchangeMessage.Unreadable;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // JsonException for bad JSON, InvalidOperationException for bad escapes in a string.
            return ExchangeMessage.Unreadable;
        }
    }

    /// <summary>Reads the products that are traded now. May throw what the element throws if it is of another form.</summary>
    protected abstract IEnumerable<ListedProduct> ReadProducts(JsonElement root);

    /// <summary>Reads a message to its end, and only then tells what it says: it may be no JSON up to its last byte.</summary>
    protected abstract ExchangeMessage Read(ref JsonWalker json, IExchangeEvents events);

    /// <summary>A message of the client.</summary>
    protected static byte[] ToMessage(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    /// <summary>Puts items into arrays that are no longer than a number of bytes.</summary>
    protected static IEnumerable<JsonArray> ToPortions(IEnumerable<JsonNode> items, int maxBytes)
    {
        var (portion, bytes) = (new JsonArray(), 0);
        foreach (var item in items)
        {
            var length = Encoding.UTF8.GetByteCount(item.ToJsonString()) + 1; // With a comma.
            if (bytes + length > maxBytes && portion.Count > 0)
            {
                yield return portion;
                (portion, bytes) = ([], 0);
            }

            portion.Add(item);
            bytes += length;
        }

        yield return portion;
    }

    /// <summary>The text of an exchange's error: what is not empty of its parts, one of which names the product.</summary>
    protected static ExchangeMessage ToError(params ReadOnlySpan<string> parts) =>
        new(ExchangeMessageKind.Error, Text: string.Join(": ", parts.ToArray().Where(part => part.Length > 0)));

    protected static string ToText(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);

    /// <summary>A text that a list of products must have.</summary>
    protected static string ToText(JsonElement item, string property) =>
        item.GetProperty(property).GetString() ?? throw new FormatException($"A product's {property} is null.");

    /// <summary>What a message about a product is, depending on whether it said anything.</summary>
    protected static ExchangeMessage ToData(bool isUsable, DateTimeOffset? time) =>
        isUsable ? new(ExchangeMessageKind.Data, time) : ExchangeMessage.Unreadable;

    /// <summary>Tells of trades, if the price is one.</summary>
    /// <returns>Whether it is.</returns>
    protected static bool TellTrade(
        IExchangeEvents events, ReadOnlySpan<byte> product, ReadOnlySpan<byte> price, ReadOnlySpan<byte> size,
        DateTimeOffset? time, long? id, int count = 1, bool isRepeated = false)
    {
        if (product.IsEmpty || DecimalText.Price(price) is not { } paid)
        {
            return false;
        }

        events.OnTrade(product, new Trade(paid, DecimalText.Price(size), time, id, count, isRepeated));
        return true;
    }

    /// <summary>Tells of the best bid and offer. A side without price or size is empty.</summary>
    /// <param name="isBook">Whether it comes from a book, in which what is missing is empty; elsewhere it may be unknown if both sides are missing.</param>
    /// <returns>Whether anything is known.</returns>
    protected static bool TellTop(
        IExchangeEvents events, ReadOnlySpan<byte> product, ReadOnlySpan<byte> bid, ReadOnlySpan<byte> bidSize,
        ReadOnlySpan<byte> ask, ReadOnlySpan<byte> askSize, DateTimeOffset? time, long? sequence = null, bool isBook = false)
    {
        if (product.IsEmpty || (!isBook && bid.IsEmpty && ask.IsEmpty))
        {
            return false;
        }

        var (bidVolume, askVolume) = (DecimalText.Parse(bidSize), DecimalText.Parse(askSize));
        var bidPrice = bidVolume == 0 ? null : DecimalText.Price(bid);
        var askPrice = askVolume == 0 ? null : DecimalText.Price(ask);
        events.OnTopOfBook(
            product,
            new TopOfBook(bidPrice, bidPrice is null ? null : bidVolume, askPrice, askPrice is null ? null : askVolume, time, sequence));
        return true;
    }

    /// <summary>Tells of the last 24 hours, if anything is known of them.</summary>
    /// <returns>Whether it is.</returns>
    protected static bool TellDay(
        IExchangeEvents events, ReadOnlySpan<byte> product, decimal? open, ReadOnlySpan<byte> high, ReadOnlySpan<byte> low,
        ReadOnlySpan<byte> volume, DateTimeOffset? time)
    {
        var day = new DayFigures(open, DecimalText.Price(high), DecimalText.Price(low), DecimalText.Parse(volume), time);
        if (product.IsEmpty || day is { Open: null, High: null, Low: null, Volume: null })
        {
            return false;
        }

        events.OnDayFigures(product, day);
        return true;
    }
}
