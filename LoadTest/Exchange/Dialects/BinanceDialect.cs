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
    private const int AggregateTrade = 1;
    private const int Ticker = 2;
    private const int Trades = 3;
    private const int Variants = 4; // Each stream, combined or raw, in milliseconds or in microseconds, is a channel of its own.
    private const int MaxStreams = 1024;
    private const int PolicyViolation = 1008;

    private static readonly string[] Streams = ["bookTicker", "aggTrade", "ticker", "trade"];
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PongTimeout = TimeSpan.FromMinutes(1);

    public string Name => "Binance";

    public string SocketPath => "/stream";

    public string ProductsPath => "/api/v3/exchangeInfo";

    public int Channels => Streams.Length * Variants;

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
            SendError(venue, client, null, 3, "Invalid JSON: expected value at line 1 column 1");
            return;
        }

        var id = request.Property("id");
        switch (request.Text("method"))
        {
            case null:
                SendError(venue, client, id, 2, "Invalid request: missing field `method` at line 1 column 1");
                break;
            case "SUBSCRIBE":
                Acknowledge(venue, client, id);
                Subscribe(venue, client, request.Texts("params"));
                break;
            case "UNSUBSCRIBE":
                foreach (var (channel, product) in request.Texts("params").SelectMany(stream => Find(venue, client, stream)))
                {
                    client.Unsubscribe(channel, product);
                }

                Acknowledge(venue, client, id);
                break;
            case "LIST_SUBSCRIPTIONS":
                Acknowledge(venue, client, id, client.Subscriptions.Select(subscription => StreamOf(subscription.Product, subscription.Channel / Variants)));
                break;
            case var method:
                SendError(
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
            WriteTrade(venue, product, AggregateTrade, variant);
            WriteTrade(venue, product, Trades, variant);
        }
    }

    public void Book(Venue venue, Product product)
    {
        product.IsChanged = true;
        for (var variant = 0; variant < Variants; variant++)
        {
            if (Begin(venue, product, BookTicker, variant) is { } writer)
            {
                var figures = venue.FiguresOf(product);
                writer.Integer("u"u8, product.Sequence);
                writer.Text("s"u8, product.Utf8Name);
                writer.Text("b"u8, figures.Bid);
                writer.Text("B"u8, figures.BidSize);
                writer.Text("a"u8, figures.Ask);
                writer.Text("A"u8, figures.AskSize);
                End(venue, variant);
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
                WriteTicker(venue, product, variant);
            }
        }
    }

    public void AskToReconnect(Venue venue, ClientConnection client)
    {
        var isCombined = IsCombined(VariantOf(client));
        var writer = venue.Writer.Begin();
        if (isCombined)
        {
            writer.Text("stream"u8, "!serverShutdown"u8);
            writer.Object("data"u8);
        }

        writer.Text("e"u8, "serverShutdown"u8);
        writer.Integer("E"u8, TimeOf(venue.Now, VariantOf(client)));
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
        var kind = parts.Length == 2 ? Array.IndexOf(Streams, parts[1]) : -1;
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

    private static bool IsCombined(int variant) => (variant & 1) == 0;

    private static long? TimeOf(DateTimeOffset? time, int variant) =>
        (variant & 2) == 0 ? time?.ToUnixTimeMilliseconds() : time?.ToUnixMicroseconds();

    private static string StreamOf(Product product, int kind) => $"{product.Name.ToLowerInvariant()}@{Streams[kind]}";

    private static MessageWriter? Begin(Venue venue, Product product, int kind, int variant)
    {
        var writer = venue.Begin(product, (kind * Variants) + variant);
        if (writer is not null && IsCombined(variant))
        {
            Span<byte> stream = stackalloc byte[64];
            Ascii.ToLower(product.Utf8Name, stream, out var length);
            stream[length++] = (byte)'@';
            length += Encoding.ASCII.GetBytes(Streams[kind], stream[length..]);
            writer.Text("stream"u8, stream[..length]);
            writer.Object("data"u8);
        }

        return writer;
    }

    private static void End(Venue venue, int variant)
    {
        if (IsCombined(variant))
        {
            venue.Writer.EndObject();
        }

        venue.End();
    }

    private static void Acknowledge(Venue venue, ClientConnection client, JsonElement? id, IEnumerable<string>? result = null)
    {
        var writer = venue.Writer.Begin();
        if (result is null)
        {
            writer.Null("result"u8);
        }
        else
        {
            writer.List("result"u8);
            foreach (var stream in result)
            {
                writer.Text(stream);
            }

            writer.EndList();
        }

        EndAnswer(client, writer, id);
    }

    private static void SendError(Venue venue, ClientConnection client, JsonElement? id, int code, string message)
    {
        var writer = venue.Writer.Begin();
        writer.Object("error"u8);
        writer.Integer("code"u8, code);
        writer.Text("msg"u8, message);
        writer.EndObject();
        EndAnswer(client, writer, id);
    }

    private static void EndAnswer(ClientConnection client, MessageWriter writer, JsonElement? id)
    {
        if (id is { } known)
        {
            writer.Copy("id"u8, known);
        }

        client.Send(writer.End());
    }

    private static void WriteTrade(Venue venue, Product product, int kind, int variant)
    {
        if (Begin(venue, product, kind, variant) is not { } writer)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        var isAggregate = kind == AggregateTrade;
        writer.Text("e"u8, isAggregate ? "aggTrade"u8 : "trade"u8);
        writer.Integer("E"u8, TimeOf(figures.Time, variant));
        writer.Text("s"u8, product.Utf8Name);
        writer.Integer(isAggregate ? "a"u8 : "t"u8, product.TradeId);
        writer.Text("p"u8, figures.Last);
        writer.Text("q"u8, figures.LastSize);
        if (isAggregate)
        {
            writer.Integer("f"u8, product.TradeId);
            writer.Integer("l"u8, product.TradeId);
        }

        writer.Integer("T"u8, TimeOf(figures.Time, variant));
        writer.Boolean("m"u8, product.IsSale);
        writer.Boolean("M"u8, true);
        End(venue, variant);
    }

    private static void WriteTicker(Venue venue, Product product, int variant)
    {
        if (Begin(venue, product, Ticker, variant) is not { } writer)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        writer.Text("e"u8, "24hrTicker"u8);
        writer.Integer("E"u8, TimeOf(figures.Time, variant));
        writer.Text("s"u8, product.Utf8Name);
        writer.Text("p"u8, figures.Last - figures.Open);
        writer.Text("P"u8, figures.Open > 0 ? Math.Round((figures.Last - figures.Open) / figures.Open * 100 ?? 0, 3) : null);
        writer.Text("w"u8, figures.Last);
        writer.Text("x"u8, figures.Open);
        writer.Text("c"u8, figures.Last);
        writer.Text("Q"u8, figures.LastSize);
        writer.Text("b"u8, figures.Bid);
        writer.Text("B"u8, figures.BidSize);
        writer.Text("a"u8, figures.Ask);
        writer.Text("A"u8, figures.AskSize);
        writer.Text("o"u8, figures.Open);
        writer.Text("h"u8, figures.High);
        writer.Text("l"u8, figures.Low);
        writer.Text("v"u8, figures.Volume);
        writer.Text("q"u8, figures.Turnover);
        writer.Integer("O"u8, TimeOf(figures.Time?.AddDays(-1), variant));
        writer.Integer("C"u8, TimeOf(figures.Time, variant));
        writer.Integer("F"u8, 1);
        writer.Integer("L"u8, product.TradeId);
        writer.Integer("n"u8, product.TradeId);
        End(venue, variant);
    }
}
