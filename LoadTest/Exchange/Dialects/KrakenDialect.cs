using System.Text;
using System.Text.Json;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange.Dialects;

/// <summary>Kraken's WebSocket API v2 (docs.kraken.com). Its snapshot of trades holds the last one only.</summary>
internal sealed class KrakenDialect : IDialect
{
    private const int TickerOfTrades = 0;
    public const int TickerOfBook = 1;
    public const int Trades = 2;

    public string Name => "Kraken";

    public string SocketPath => "";

    public string ProductsPath => "/0/public/AssetPairs";

    public int Channels => 3;

    public Pace? ConnectPace => new(150, TimeSpan.FromMinutes(10));

    public Pace? MessagePace => new(50, TimeSpan.FromSeconds(1)); // It names no figure.

    public string ProductOf(string @base, string quote) => $"{@base}/{quote}";

    public ReadOnlySpan<byte> WriteProducts(MessageWriter writer, IEnumerable<Product> products)
    {
        writer.Begin();
        writer.List("error"u8);
        writer.EndList();
        writer.Object("result"u8);
        foreach (var product in products)
        {
            // Its REST interface has names of its own for some currencies.
            var (@base, quote) = (RestName(product.Symbol.Base), RestName(product.Symbol.Quote));
            writer.Object(Encoding.UTF8.GetBytes(@base + quote));
            writer.Text("altname"u8, @base + quote);
            writer.Text("wsname"u8, $"{@base}/{quote}");
            writer.Text("aclass_base"u8, "currency");
            writer.Text("base"u8, @base);
            writer.Text("aclass_quote"u8, "currency");
            writer.Text("quote"u8, quote);
            writer.Integer("pair_decimals"u8, product.Symbol.Digits);
            writer.Integer("lot_decimals"u8, 8);
            writer.Integer("lot_multiplier"u8, 1);
            writer.Text("ordermin"u8, "0.0001");
            writer.Text("tick_size"u8, product.Symbol.Increment);
            writer.Text("status"u8, "online");
            writer.EndObject();
        }

        writer.EndObject();
        return writer.End();
    }

    public void Open(Venue venue, ClientConnection client) => KrakenMessages.SendStatus(venue, client, "online");

    public void Receive(Venue venue, ClientConnection client, ReadOnlyMemory<byte> message)
    {
        var request = Request.Read(message);
        switch (request?.Text("method"))
        {
            case "ping":
                KrakenMessages.SendPong(venue, client, request.Value);
                break;
            case ("subscribe" or "unsubscribe") and var method when request.Value.Property("params") is { } parameters:
                Handle(venue, client, request.Value, parameters, method);
                break;
            default:
                KrakenMessages.SendError(venue, client, request, null, "Malformed request", null);
                break;
        }
    }

    public bool IsCounted(Opcode opcode, ReadOnlySpan<byte> payload) => opcode == Opcode.Text;

    public void Refuse(Venue venue, ClientConnection client)
    {
        KrakenMessages.SendError(venue, client, null, "subscribe", "Exceeded msg rate", null);
    }

    public void Trade(Venue venue, Product product)
    {
        KrakenMessages.WriteTicker(venue, product, venue.Begin(product, TickerOfTrades), "update"u8);
        KrakenMessages.WriteTrade(venue, product, venue.Begin(product, Trades), "update"u8);
    }

    public void Book(Venue venue, Product product) => KrakenMessages.WriteTicker(venue, product, venue.Begin(product, TickerOfBook), "update"u8);

    public void Beat(Venue venue, bool isSecond)
    {
        if (!isSecond)
        {
            return;
        }

        foreach (var client in venue.Open)
        {
            if (client.Subscriptions.Count > 0 && !client.HasBeenTold)
            {
                client.Send("""{"channel":"heartbeat"}"""u8);
            }

            client.HasBeenTold = false;
        }
    }

    public void AskToReconnect(Venue venue, ClientConnection client)
    {
        KrakenMessages.SendStatus(venue, client, "maintenance");
        client.Close(1001, "maintenance");
    }

    private static string RestName(string currency) => currency switch { "BTC" => "XBT", "DOGE" => "XDG", _ => currency };

    private static void Handle(Venue venue, ClientConnection client, JsonElement request, JsonElement parameters, string method)
    {
        var isBook = parameters.Text("event_trigger") == "bbo";
        var channel = parameters.Text("channel") switch
        {
            "ticker" when isBook => TickerOfBook,
            "ticker" => TickerOfTrades,
            "trade" => Trades,
            _ => -1,
        };
        if (channel < 0)
        {
            KrakenMessages.SendError(venue, client, request, method, "Channel not supported", null);
            return;
        }

        var wantsSnapshot = parameters.Property("snapshot") is not { ValueKind: JsonValueKind.False };
        foreach (var name in parameters.Texts("symbol"))
        {
            if (venue.FindProduct(name) is not { } product)
            {
                KrakenMessages.SendError(venue, client, request, method, $"Currency pair not supported {name}", name);
            }
            else if (method == "unsubscribe")
            {
                client.Unsubscribe(channel, product);
                KrakenMessages.Acknowledge(venue, client, request, method, channel, name, wantsSnapshot);
            }
            else if (!client.Subscribe(channel, product))
            {
                KrakenMessages.SendError(venue, client, request, method, "Already subscribed", name);
            }
            else
            {
                KrakenMessages.Acknowledge(venue, client, request, method, channel, name, wantsSnapshot);
                SendSnapshot(venue, client, wantsSnapshot ? product : null, channel);
            }
        }
    }

    private static void SendSnapshot(Venue venue, ClientConnection client, Product? product, int channel)
    {
        if (product is { Last: not null } && channel == Trades)
        {
            KrakenMessages.WriteTrade(venue, product, venue.BeginFor(client), "snapshot"u8);
        }
        else if (product is { Bid: not null } or { Last: not null } && channel != Trades)
        {
            KrakenMessages.WriteTicker(venue, product, venue.BeginFor(client), "snapshot"u8);
        }
    }
}
