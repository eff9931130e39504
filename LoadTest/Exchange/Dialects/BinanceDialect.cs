using System.Globalization;
using System.Text;
using System.Text.Json;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange.Dialects;

/// <summary>
/// Binance's spot streams (developers.binance.com): combined ones, and raw ones beneath <c>/ws</c>. As at the real one, a stream of an unknown
/// symbol is subscribed to without an error, and nothing comes.
/// </summary>
internal sealed class BinanceDialect : IDialect
{
    private const int BookTicker = 0;
    public const int AggregateTrade = 1;
    public const int Ticker = 2;
    private const int Trades = 3;
    public const int Variants = 4; // Each stream, combined or raw, in milliseconds or in microseconds, is a channel of its own.
    private const int MaxStreams = 1024;
    private const int PolicyViolation = 1008;

    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PongTimeout = TimeSpan.FromMinutes(1);

    public string Name => "Binance";

    public string SocketPath => "/stream";

    public string ProductsPath => "/api/v3/exchangeInfo";

    public int Channels => BinanceMessages.Streams.Length * Variants;

    public Pace? ConnectPace => new(300, TimeSpan.FromMinutes(5));

    public Pace? MessagePace => new(5, TimeSpan.FromSeconds(1));

    public string ProductOf(string @base, string quote) => @base + quote;

    public ReadOnlySpan<byte> WriteProducts(MessageWriter writer, IEnumerable<Product> products)
    {
        writer.Begin();
        writer.Text("timezone"u8, "UTC");
        writer.List("symbols"u8);
        foreach (var product in products)
        {
            writer.Object();
            writer.Text("symbol"u8, product.Name);
            writer.Text("status"u8, "TRADING");
            writer.Text("baseAsset"u8, product.Symbol.Base);
            writer.Integer("baseAssetPrecision"u8, 8);
            writer.Text("quoteAsset"u8, product.Symbol.Quote);
            writer.Integer("quoteAssetPrecision"u8, 8);
            writer.Boolean("isSpotTradingAllowed"u8, true);
            writer.List("filters"u8);
            writer.Object();
            writer.Text("filterType"u8, "PRICE_FILTER");
            writer.Text("tickSize"u8, product.Symbol.Increment);
            writer.EndObject();
            writer.EndList();
            writer.EndObject();
        }

        writer.EndList();
        return writer.End();
    }

    public void Open(Venue venue, ClientConnection client)
    {
        const string RawStream = "/ws/";
        var streams = client.Path.StartsWith(RawStream, StringComparison.Ordinal) ? client.Path[RawStream.Length..] : client.Query.GetValueOrDefault("streams", "");
        Subscribe(venue, client, streams.Split('/', StringSplitOptions.RemoveEmptyEntries));
    }

    public void Receive(Venue venue, ClientConnection client, ReadOnlyMemory<byte> message)
    {
        if (Request.Read(message) is not { } request)
        {
            BinanceMessages.SendError(venue, client, null, 3, "Invalid JSON: expected value at line 1 column 1");
            return;
        }

        var id = request.Property("id");
        switch (request.Text("method"))
        {
            case null:
                BinanceMessages.SendError(venue, client, id, 2, "Invalid request: missing field `method` at line 1 column 1");
                break;
            case "SUBSCRIBE":
                BinanceMessages.Acknowledge(venue, client, id);
                Subscribe(venue, client, request.Texts("params"));
                break;
            case "UNSUBSCRIBE":
                foreach (var (channel, product) in request.Texts("params").SelectMany(stream => Find(venue, client, stream)))
                {
                    client.Unsubscribe(channel, product);
                }

                BinanceMessages.Acknowledge(venue, client, id);
                break;
            case "LIST_SUBSCRIPTIONS":
                BinanceMessages.Acknowledge(
                    venue,
                    client,
                    id,
                    client.Subscriptions.Select(subscribed => BinanceMessages.StreamOf(subscribed.Product, subscribed.Channel / Variants)));
                break;
            case var method:
                BinanceMessages.SendError(
                    venue, client, id, 2, $"Invalid request: unknown variant `{method}`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`");
                break;
        }
    }

    /// <summary>Pings and pongs count too.</summary>
    public bool IsCounted(Opcode opcode, ReadOnlySpan<byte> payload) => true;

    public void Refuse(Venue venue, ClientConnection client) => client.Close(PolicyViolation, "Too many requests");

    public void Trade(Venue venue, Product product)
    {
        product.IsChanged = true;
        for (var variant = 0; variant < Variants; variant++)
        {
            BinanceMessages.WriteTrade(venue, product, AggregateTrade, variant);
            BinanceMessages.WriteTrade(venue, product, Trades, variant);
        }
    }

    public void Book(Venue venue, Product product)
    {
        product.IsChanged = true;
        for (var variant = 0; variant < Variants; variant++)
        {
            if (BinanceMessages.Begin(venue, product, BookTicker, variant) is { } writer)
            {
                var figures = venue.FiguresOf(product);
                writer.Integer("u"u8, product.Sequence);
                writer.Text("s"u8, product.Utf8Name);
                writer.Text("b"u8, figures.Bid);
                writer.Text("B"u8, figures.BidSize);
                writer.Text("a"u8, figures.Ask);
                writer.Text("A"u8, figures.AskSize);
                BinanceMessages.End(venue, variant);
            }
        }
    }

    public void Beat(Venue venue, bool isSecond)
    {
        if (!isSecond)
        {
            return;
        }

        foreach (var client in venue.Open)
        {
            if (venue.Elapsed - client.PongAt >= PongTimeout)
            {
                client.Drop();
            }
            else if (venue.Elapsed - client.PingedAt >= PingInterval)
            {
                client.Ping(Encoding.ASCII.GetBytes(venue.Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));
            }
        }

        foreach (var product in venue.Products.Where(product => product.IsChanged))
        {
            product.IsChanged = false;
            for (var variant = 0; variant < Variants; variant++)
            {
                BinanceMessages.WriteTicker(venue, product, variant);
            }
        }
    }

    public void AskToReconnect(Venue venue, ClientConnection client)
    {
        var isCombined = BinanceMessages.IsCombined(VariantOf(client));
        var writer = venue.Writer.Begin();
        if (isCombined)
        {
            writer.Text("stream"u8, "!serverShutdown"u8);
            writer.Object("data"u8);
        }

        writer.Text("e"u8, "serverShutdown"u8);
        writer.Integer("E"u8, BinanceMessages.TimeOf(venue.Now, VariantOf(client)));
        if (isCombined)
        {
            writer.EndObject();
        }

        client.Send(writer.End());
    }

    private static void Subscribe(Venue venue, ClientConnection client, IEnumerable<string> streams)
    {
        foreach (var (channel, product) in streams.SelectMany(stream => Find(venue, client, stream)))
        {
            client.Subscribe(channel, product);
        }

        if (client.Subscriptions.Count > MaxStreams && !venue.Misbehaviour.IgnoresLimits)
        {
            client.Close(PolicyViolation, "Too many streams");
        }
    }

    /// <summary>The channel and the product of a stream; none if there is no such stream.</summary>
    private static (int Channel, Product Product)[] Find(Venue venue, ClientConnection client, string stream)
    {
        var parts = stream.Split('@');
        var kind = parts.Length == 2 ? Array.IndexOf(BinanceMessages.Streams, parts[1]) : -1;
        return kind >= 0 && !parts[0].Any(char.IsAsciiLetterUpper) && venue.FindProduct(parts[0].ToUpperInvariant()) is { } product
            ? [((kind * Variants) + VariantOf(client), product)]
            : [];
    }

    private static int VariantOf(ClientConnection client)
    {
        var isRaw = client.Path.StartsWith("/ws", StringComparison.Ordinal);
        var isExact = client.Query.GetValueOrDefault("timeUnit", "").Equals("microsecond", StringComparison.OrdinalIgnoreCase);
        return (isRaw ? 1 : 0) + (isExact ? 2 : 0);
    }
}
