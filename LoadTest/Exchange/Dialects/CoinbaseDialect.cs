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

    private static readonly TimeSpan SubscribeTimeout = TimeSpan.FromSeconds(5);

    public string Name => "Coinbase";

    public string SocketPath => "";

    public string ProductsPath => "/products";

    public int Channels => CoinbaseMessages.ChannelNames.Length;

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
            CoinbaseMessages.SendError(venue, client, "Malformed JSON", null);
            return;
        }

        var isSubscribing = request.Text("type") == "subscribe";
        if (!isSubscribing && request.Text("type") != "unsubscribe")
        {
            CoinbaseMessages.SendError(venue, client, Failed, "Type has to be either subscribe or unsubscribe");
            return;
        }

        if (ReadChannels(venue, request, out var channels) is { } reason)
        {
            CoinbaseMessages.SendError(venue, client, Failed, reason);
            return;
        }

        if (isSubscribing)
        {
            Subscribe(venue, client, channels);
        }
        else
        {
            channels.ForEach(asked => client.Unsubscribe(asked.Channel, asked.Product));
            CoinbaseMessages.Acknowledge(venue, client);
        }
    }

    public bool IsCounted(Opcode opcode, ReadOnlySpan<byte> payload) => opcode == Opcode.Text;

    public void Refuse(Venue venue, ClientConnection client)
    {
        CoinbaseMessages.SendError(venue, client, "Rate limit exceeded", null);
        client.Close(PolicyViolation, "rate limit exceeded");
    }

    public void Trade(Venue venue, Product product)
    {
        CoinbaseMessages.WriteTicker(venue, product, venue.Begin(product, Ticker));
        CoinbaseMessages.WriteMatch(venue, product, venue.Begin(product, Matches), "match"u8);
    }

    public void Book(Venue venue, Product product) => CoinbaseMessages.WriteTicker(venue, product, venue.Begin(product, Ticker));

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
            var channel = Array.IndexOf(CoinbaseMessages.ChannelNames, name);
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
            CoinbaseMessages.WriteMatch(venue, product, venue.BeginFor(client), "last_match"u8);
        }

        CoinbaseMessages.Acknowledge(venue, client);
        foreach (var (_, product) in added.Where(asked => asked.Channel == Ticker && asked.Product.Last is not null))
        {
            CoinbaseMessages.WriteTicker(venue, product, venue.BeginFor(client));
        }
    }
}
