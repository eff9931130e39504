using System.Text;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange.Dialects;

/// <summary>Bitstamp's WebSocket API v2 (bitstamp.net/websocket/v2). Its books have 10 levels, where the real one's have 100.</summary>
internal sealed class BitstampDialect : IDialect
{
    private const int Trades = 0;
    private const int OrderBook = 1;
    private const int Levels = 10;

    private static readonly string[] Prefixes = ["live_trades_", "order_book_"];

    public string Name => "Bitstamp";

    public string SocketPath => "";

    public string ProductsPath => "/api/v2/trading-pairs-info/";

    public int Channels => Prefixes.Length;

    public Pace? ConnectPace => null;

    public Pace? MessagePace => null;

    public string ProductOf(string @base, string quote) => $"{@base}{quote}".ToLowerInvariant();

    public ReadOnlySpan<byte> WriteProducts(MessageWriter writer, IEnumerable<Product> products)
    {
        writer.BeginList();
        foreach (var product in products)
        {
            writer.Object();
            writer.Text("name"u8, $"{product.Symbol.Base}/{product.Symbol.Quote}");
            writer.Text("url_symbol"u8, product.Name);
            writer.Integer("base_decimals"u8, 8);
            writer.Integer("counter_decimals"u8, product.Symbol.Digits);
            writer.Integer("instant_order_counter_decimals"u8, product.Symbol.Digits);
            writer.Text("minimum_order"u8, $"10.0 {product.Symbol.Quote}");
            writer.Text("trading"u8, "Enabled");
            writer.Text("instant_and_market_orders"u8, "Enabled");
            writer.Text("description"u8, $"{product.Symbol.Base} / {product.Symbol.Quote}");
            writer.EndObject();
        }

        return writer.EndOfList();
    }

    public void Open(Venue venue, ClientConnection client)
    {
    }

    public void Receive(Venue venue, ClientConnection client, ReadOnlyMemory<byte> message)
    {
        var request = Request.Read(message);
        switch (request?.Text("event"))
        {
            case "bts:heartbeat":
                client.Send("""{"event":"bts:heartbeat","channel":"","data":{"status":"success"}}"""u8);
                break;
            case ("bts:subscribe" or "bts:unsubscribe") and var asked:
                Handle(venue, client, asked == "bts:subscribe", request?.Property("data")?.Text("channel") ?? "");
                break;
            case null:
                SendError(venue, client, "Incorrect JSON format.");
                break;
            default:
                SendError(venue, client, "Incorrect data received.");
                break;
        }
    }

    public bool IsCounted(Opcode opcode, ReadOnlySpan<byte> payload) => false;

    public void Refuse(Venue venue, ClientConnection client)
    {
    }

    public void Trade(Venue venue, Product product)
    {
        if (venue.Begin(product, Trades) is not { } writer)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        writer.Object("data"u8);
        writer.Integer("id"u8, product.TradeId);
        writer.Text("timestamp"u8, figures.Time?.ToUnixTimeSeconds());
        writer.Number("amount"u8, figures.LastSize);
        writer.Text("amount_str"u8, figures.LastSize);
        writer.Number("price"u8, figures.Last);
        writer.Text("price_str"u8, figures.Last);
        writer.Integer("type"u8, product.IsSale ? 1 : 0);
        writer.Text("microtimestamp"u8, figures.Time?.ToUnixMicroseconds());
        writer.Integer("buy_order_id"u8, product.Sequence * 2);
        writer.Integer("sell_order_id"u8, (product.Sequence * 2) + 1);
        writer.EndObject();
        End(venue, product, Trades, "trade"u8);
    }

    public void Book(Venue venue, Product product)
    {
        if (venue.Begin(product, OrderBook) is not { } writer)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        writer.Object("data"u8);
        writer.Text("timestamp"u8, figures.Time?.ToUnixTimeSeconds());
        writer.Text("microtimestamp"u8, figures.Time?.ToUnixMicroseconds());
        WriteSide(writer, "bids"u8, figures.Bid, figures.BidSize, -product.Symbol.Increment);
        WriteSide(writer, "asks"u8, figures.Ask, figures.AskSize, product.Symbol.Increment);
        writer.EndObject();
        End(venue, product, OrderBook, "data"u8);
    }

    public void Beat(Venue venue, bool isSecond)
    {
        // It sends nothing by itself: heartbeats answer those of the client.
    }

    public void AskToReconnect(Venue venue, ClientConnection client) =>
        client.Send("""{"event":"bts:request_reconnect","channel":"","data":""}"""u8);

    private static void Handle(Venue venue, ClientConnection client, bool isSubscribing, string name)
    {
        var channel = Array.FindIndex(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
        if (channel < 0 || venue.FindProduct(name[Prefixes[channel].Length..]) is not { } product)
        {
            SendError(venue, client, "Invalid channel provided."); // It does not say which.
            return;
        }

        if (isSubscribing)
        {
            client.Subscribe(channel, product);
        }
        else
        {
            client.Unsubscribe(channel, product);
        }

        var writer = venue.Writer.Begin();
        writer.Text("event"u8, isSubscribing ? "bts:subscription_succeeded"u8 : "bts:unsubscription_succeeded"u8);
        writer.Text("channel"u8, name);
        writer.Object("data"u8);
        writer.EndObject();
        client.Send(writer.End());
    }

    private static void SendError(Venue venue, ClientConnection client, string message)
    {
        var writer = venue.Writer.Begin();
        writer.Text("event"u8, "bts:error"u8);
        writer.Text("channel"u8, ""u8);
        writer.Object("data"u8);
        writer.Null("code"u8);
        writer.Text("message"u8, message);
        writer.EndObject();
        client.Send(writer.End());
    }

    private static void WriteSide(MessageWriter writer, ReadOnlySpan<byte> name, decimal? best, decimal? size, decimal step)
    {
        writer.List(name);
        var at = best; // The digits of the best price stay as they are.
        for (var level = 0; level < Levels && at is >= 0; level++, at += step)
        {
            writer.List();
            writer.Text(at.Value);
            writer.Text((size ?? 0) + level);
            writer.EndList();
        }

        writer.EndList();
    }

    private static void End(Venue venue, Product product, int channel, ReadOnlySpan<byte> kind)
    {
        Span<byte> name = stackalloc byte[64];
        var length = Encoding.ASCII.GetBytes(Prefixes[channel], name);
        product.Utf8Name.CopyTo(name[length..]);
        venue.Writer.Text("channel"u8, name[..(length + product.Utf8Name.Length)]);
        venue.Writer.Text("event"u8, kind);
        venue.End();
    }
}
