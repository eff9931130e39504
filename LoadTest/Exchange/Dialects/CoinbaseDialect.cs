using System.Text.Json;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange.Dialects;

/// <summary>
/// Coinbase Exchange (docs.cdp.coinbase.com, Exchange WebSocket). The real one tells a new best bid or offer with the next trade; here it
/// comes at once, in a ticker that repeats the last trade.
/// </summary>
internal sealed class CoinbaseDialect : IDialect
{
    private const int Ticker = 0;
    private const int Matches = 1;
    private const int Heartbeat = 2;
    private const int PolicyViolation = 1008;
    private const string Failed = "Failed to subscribe";

    private static readonly string[] ChannelNames = ["ticker", "matches", "heartbeat"];
    private static readonly TimeSpan SubscribeTimeout = TimeSpan.FromSeconds(5);

    public string Name => "Coinbase";

    public string SocketPath => "";

    public string ProductsPath => "/products";

    public int Channels => ChannelNames.Length;

    public Pace? ConnectPace => new(20, TimeSpan.FromSeconds(1)); // 8 a second, in bursts of 20.

    public Pace? MessagePace => new(100, TimeSpan.FromSeconds(1));

    public string ProductOf(string @base, string quote) => $"{@base}-{quote}";

    public ReadOnlySpan<byte> WriteProducts(MessageWriter writer, IEnumerable<Product> products)
    {
        writer.BeginList();
        foreach (var product in products)
        {
            writer.Object();
            writer.Text("id"u8, product.Name);
            writer.Text("base_currency"u8, product.Symbol.Base);
            writer.Text("quote_currency"u8, product.Symbol.Quote);
            writer.Text("quote_increment"u8, product.Symbol.Increment);
            writer.Text("base_increment"u8, "0.00000001");
            writer.Text("display_name"u8, $"{product.Symbol.Base}/{product.Symbol.Quote}");
            writer.Text("min_market_funds"u8, "1");
            writer.Boolean("margin_enabled"u8, false);
            writer.Boolean("post_only"u8, false);
            writer.Boolean("limit_only"u8, false);
            writer.Boolean("cancel_only"u8, false);
            writer.Text("status"u8, "online");
            writer.Text("status_message"u8, "");
            writer.Boolean("trading_disabled"u8, false);
            writer.EndObject();
        }

        return writer.EndOfList();
    }

    public void Open(Venue venue, ClientConnection client)
    {
    }

    public void Receive(Venue venue, ClientConnection client, ReadOnlyMemory<byte> message)
    {
        if (Request.Read(message) is not { } request)
        {
            SendError(venue, client, "Malformed JSON", null);
            return;
        }

        var isSubscribing = request.Text("type") == "subscribe";
        if (!isSubscribing && request.Text("type") != "unsubscribe")
        {
            SendError(venue, client, Failed, "Type has to be either subscribe or unsubscribe");
            return;
        }

        if (ReadChannels(venue, request, out var channels) is { } reason)
        {
            SendError(venue, client, Failed, reason);
            return;
        }

        if (isSubscribing)
        {
            Subscribe(venue, client, channels);
        }
        else
        {
            channels.ForEach(asked => client.Unsubscribe(asked.Channel, asked.Product));
            Acknowledge(venue, client);
        }
    }

    public bool IsCounted(Opcode opcode, ReadOnlySpan<byte> payload) => opcode == Opcode.Text;

    public void Refuse(Venue venue, ClientConnection client)
    {
        SendError(venue, client, "Rate limit exceeded", null);
        client.Close(PolicyViolation, "rate limit exceeded");
    }

    public void Trade(Venue venue, Product product)
    {
        WriteTicker(venue, product, venue.Begin(product, Ticker));
        WriteMatch(venue, product, venue.Begin(product, Matches), "match"u8);
    }

    public void Book(Venue venue, Product product) => WriteTicker(venue, product, venue.Begin(product, Ticker));

    public void Beat(Venue venue, bool isSecond)
    {
        if (!isSecond)
        {
            return;
        }

        foreach (var client in venue.Open.Where(client => client.Received.Count == 0 && venue.Elapsed - client.OpenedAt >= SubscribeTimeout))
        {
            client.Close(PolicyViolation, "no subscription within 5 seconds");
        }

        foreach (var product in venue.Products)
        {
            foreach (var client in product.SubscribersOf(Heartbeat))
            {
                var writer = venue.Writer.Begin();
                writer.Text("type"u8, "heartbeat"u8);
                writer.Integer("last_trade_id"u8, product.TradeId);
                writer.Text("product_id"u8, product.Utf8Name);
                writer.Integer("sequence"u8, product.Sequence);
                writer.IsoTime("time"u8, venue.Now);
                client.Send(writer.End());
            }
        }
    }

    public void AskToReconnect(Venue venue, ClientConnection client) => client.Close(1001, "maintenance"); // It has no message for it.

    private static string? ReadChannels(Venue venue, JsonElement request, out List<(int Channel, Product Product)> channels)
    {
        channels = [];
        var common = request.Texts("product_ids");
        foreach (var item in request.Items("channels"))
        {
            var name = item.ValueKind == JsonValueKind.String ? item.GetString()! : item.Text("name") ?? "";
            var channel = Array.IndexOf(ChannelNames, name);
            if (channel < 0)
            {
                return $"{name} is not a valid channel";
            }

            var own = item.ValueKind == JsonValueKind.Object ? item.Texts("product_ids") : [];
            var products = own.Count > 0 ? own : common;
            if (products.Count == 0)
            {
                return $"You need to specify at least one product ID for channel {name}";
            }

            foreach (var id in products)
            {
                if (venue.FindProduct(id) is not { } product)
                {
                    return $"{id} is not a valid product"; // Of many, none is subscribed to then.
                }

                channels.Add((channel, product));
            }
        }

        return channels.Count == 0 ? "You need to specify at least one channel" : null;
    }

    private static void Subscribe(Venue venue, ClientConnection client, List<(int Channel, Product Product)> channels)
    {
        var added = channels.Where(asked => client.Subscribe(asked.Channel, asked.Product)).ToList();

        // As it was recorded: last matches may come before the answer, and tickers after it.
        foreach (var (_, product) in added.Where(asked => asked.Channel == Matches && asked.Product.Last is not null))
        {
            WriteMatch(venue, product, venue.BeginFor(client), "last_match"u8);
        }

        Acknowledge(venue, client);
        foreach (var (_, product) in added.Where(asked => asked.Channel == Ticker && asked.Product.Last is not null))
        {
            WriteTicker(venue, product, venue.BeginFor(client));
        }
    }

    /// <summary>All that the client has subscribed to so far.</summary>
    private static void Acknowledge(Venue venue, ClientConnection client)
    {
        var writer = venue.Writer.Begin();
        writer.Text("type"u8, "subscriptions"u8);
        writer.List("channels"u8);
        foreach (var channel in client.Subscriptions.GroupBy(subscription => subscription.Channel))
        {
            writer.Object();
            writer.Text("name"u8, ChannelNames[channel.Key]);
            writer.List("product_ids"u8);
            foreach (var subscription in channel)
            {
                writer.Text(subscription.Product.Name);
            }

            writer.EndList();
            writer.EndObject();
        }

        writer.EndList();
        client.Send(writer.End());
    }

    private static void SendError(Venue venue, ClientConnection client, string message, string? reason)
    {
        var writer = venue.Writer.Begin();
        writer.Text("type"u8, "error"u8);
        writer.Text("message"u8, message);
        if (reason is not null)
        {
            writer.Text("reason"u8, reason);
        }

        client.Send(writer.End());
    }

    private static void WriteTicker(Venue venue, Product product, MessageWriter? writer)
    {
        if (writer is null)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        writer.Text("type"u8, "ticker"u8);
        writer.Integer("sequence"u8, product.Sequence);
        writer.Text("product_id"u8, product.Utf8Name);
        writer.Text("price"u8, figures.Last);
        writer.Text("open_24h"u8, figures.Open);
        writer.Text("volume_24h"u8, figures.Volume);
        writer.Text("low_24h"u8, figures.Low);
        writer.Text("high_24h"u8, figures.High);
        writer.Text("volume_30d"u8, figures.Volume * 30);
        writer.Text("best_bid"u8, figures.Bid);
        writer.Text("best_bid_size"u8, figures.BidSize);
        writer.Text("best_ask"u8, figures.Ask);
        writer.Text("best_ask_size"u8, figures.AskSize);
        writer.Text("side"u8, product.IsSale ? "sell"u8 : "buy"u8);
        writer.IsoTime("time"u8, figures.Time);
        writer.Integer("trade_id"u8, product.TradeId);
        writer.Text("last_size"u8, figures.LastSize);
        venue.End();
    }

    private static void WriteMatch(Venue venue, Product product, MessageWriter? writer, ReadOnlySpan<byte> type)
    {
        if (writer is null)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        writer.Text("type"u8, type);
        writer.Integer("trade_id"u8, product.TradeId);
        writer.Text("maker_order_id"u8, "27fff20b-0000-4000-8000-000000000001"u8);
        writer.Text("taker_order_id"u8, "1da6ce16-0000-4000-8000-000000000002"u8);
        writer.Text("side"u8, product.IsSale ? "buy"u8 : "sell"u8); // The maker's side.
        writer.Text("size"u8, figures.LastSize);
        writer.Text("price"u8, figures.Last);
        writer.Text("product_id"u8, product.Utf8Name);
        writer.Integer("sequence"u8, product.Sequence);
        writer.IsoTime("time"u8, figures.Time);
        venue.End();
    }
}
