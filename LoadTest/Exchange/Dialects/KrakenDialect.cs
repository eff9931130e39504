using System.Text;
using System.Text.Json;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange.Dialects;

/// <summary>Kraken's WebSocket API v2 (docs.kraken.com). Its snapshot of trades holds the last one only.</summary>
internal sealed class KrakenDialect : IDialect
{
    private const int TickerOfTrades = 0;
    private const int TickerOfBook = 1;
    private const int Trades = 2;

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

    public void Open(Venue venue, ClientConnection client) => SendStatus(venue, client, "online");

    public void Receive(Venue venue, ClientConnection client, ReadOnlyMemory<byte> message)
    {
        var request = Request.Read(message);
        switch (request?.Text("method"))
        {
            case "ping":
                SendPong(venue, client, request.Value);
                break;
            case ("subscribe" or "unsubscribe") and var method when request.Value.Property("params") is { } parameters:
                Handle(venue, client, request.Value, parameters, method);
                break;
            default:
                SendError(venue, client, request, null, "Malformed request", null);
                break;
        }
    }

    public bool IsCounted(Opcode opcode, ReadOnlySpan<byte> payload) => opcode == Opcode.Text;

    public void Refuse(Venue venue, ClientConnection client)
    {
        SendError(venue, client, null, "subscribe", "Exceeded msg rate", null);
    }

    public void Trade(Venue venue, Product product)
    {
        WriteTicker(venue, product, venue.Begin(product, TickerOfTrades), "update"u8);
        WriteTrade(venue, product, venue.Begin(product, Trades), "update"u8);
    }

    public void Book(Venue venue, Product product) => WriteTicker(venue, product, venue.Begin(product, TickerOfBook), "update"u8);

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
        SendStatus(venue, client, "maintenance");
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
            SendError(venue, client, request, method, "Channel not supported", null);
            return;
        }

        var wantsSnapshot = parameters.Property("snapshot") is not { ValueKind: JsonValueKind.False };
        foreach (var name in parameters.Texts("symbol"))
        {
            if (venue.FindProduct(name) is not { } product)
            {
                SendError(venue, client, request, method, $"Currency pair not supported {name}", name);
            }
            else if (method == "unsubscribe")
            {
                client.Unsubscribe(channel, product);
                Acknowledge(venue, client, request, method, channel, name, wantsSnapshot);
            }
            else if (!client.Subscribe(channel, product))
            {
                SendError(venue, client, request, method, "Already subscribed", name);
            }
            else
            {
                Acknowledge(venue, client, request, method, channel, name, wantsSnapshot);
                SendSnapshot(venue, client, wantsSnapshot ? product : null, channel);
            }
        }
    }

    private static void SendSnapshot(Venue venue, ClientConnection client, Product? product, int channel)
    {
        if (product is { Last: not null } && channel == Trades)
        {
            WriteTrade(venue, product, venue.BeginFor(client), "snapshot"u8);
        }
        else if (product is { Bid: not null } or { Last: not null } && channel != Trades)
        {
            WriteTicker(venue, product, venue.BeginFor(client), "snapshot"u8);
        }
    }

    private static void Acknowledge(
        Venue venue, ClientConnection client, JsonElement request, string method, int channel, string name, bool wantsSnapshot)
    {
        var writer = venue.Writer.Begin();
        writer.Text("method"u8, method);
        writer.Object("result"u8);
        writer.Text("channel"u8, channel == Trades ? "trade"u8 : "ticker"u8);
        if (channel == TickerOfBook)
        {
            writer.Text("event_trigger"u8, "bbo"u8);
        }

        writer.Boolean("snapshot"u8, wantsSnapshot);
        writer.Text("symbol"u8, name);
        writer.EndObject();
        writer.Boolean("success"u8, true);
        EndAnswer(venue, client, writer, request);
    }

    private static void SendError(Venue venue, ClientConnection client, JsonElement? request, string? method, string error, string? symbol)
    {
        var writer = venue.Writer.Begin();
        writer.Text("error"u8, error);
        if (method is not null)
        {
            writer.Text("method"u8, method);
        }

        writer.Boolean("success"u8, false);
        if (symbol is not null)
        {
            writer.Text("symbol"u8, symbol);
        }

        EndAnswer(venue, client, writer, request);
    }

    private static void SendPong(Venue venue, ClientConnection client, JsonElement request)
    {
        var writer = venue.Writer.Begin();
        writer.Text("method"u8, "pong"u8);
        EndAnswer(venue, client, writer, request);
    }

    private static void EndAnswer(Venue venue, ClientConnection client, MessageWriter writer, JsonElement? request)
    {
        if (request?.Property("req_id") is { ValueKind: JsonValueKind.Number } id)
        {
            writer.Copy("req_id"u8, id);
        }

        writer.IsoTime("time_in"u8, venue.Now);
        writer.IsoTime("time_out"u8, venue.Now);
        client.Send(writer.End());
    }

    private static void SendStatus(Venue venue, ClientConnection client, string system)
    {
        var writer = BeginData(venue.Writer.Begin(), "status"u8, "update"u8);
        writer.Text("api_version"u8, "v2"u8);
        writer.Integer("connection_id"u8, client.Number);
        writer.Text("system"u8, system);
        writer.Text("version"u8, "2.0.0"u8);
        EndData(writer);
        client.Send(writer.End());
    }

    private static void WriteTicker(Venue venue, Product product, MessageWriter? writer, ReadOnlySpan<byte> type)
    {
        if (writer is null)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        BeginData(writer, "ticker"u8, type);
        writer.Text("symbol"u8, product.Utf8Name);
        writer.Number("bid"u8, figures.Bid);
        writer.Number("bid_qty"u8, figures.BidSize);
        writer.Number("ask"u8, figures.Ask);
        writer.Number("ask_qty"u8, figures.AskSize);
        writer.Number("last"u8, figures.Last);
        writer.Number("volume"u8, figures.Volume);
        writer.Number("vwap"u8, figures.Last);
        writer.Number("low"u8, figures.Low);
        writer.Number("high"u8, figures.High);
        writer.Number("change"u8, figures.Last - figures.Open);
        writer.Number("change_pct"u8, figures.Open > 0 ? Math.Round((figures.Last - figures.Open) / figures.Open * 100 ?? 0, 2) : null);
        writer.IsoTime("timestamp"u8, figures.Time);
        EndData(writer);
        venue.End();
    }

    private static void WriteTrade(Venue venue, Product product, MessageWriter? writer, ReadOnlySpan<byte> type)
    {
        if (writer is null)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        BeginData(writer, "trade"u8, type);
        writer.Text("symbol"u8, product.Utf8Name);
        writer.Text("side"u8, product.IsSale ? "sell"u8 : "buy"u8);
        writer.Number("price"u8, figures.Last);
        writer.Number("qty"u8, figures.LastSize);
        writer.Text("ord_type"u8, "market"u8);
        writer.Integer("trade_id"u8, product.TradeId);
        writer.IsoTime("timestamp"u8, figures.Time);
        EndData(writer);
        venue.End();
    }

    private static MessageWriter BeginData(MessageWriter writer, ReadOnlySpan<byte> channel, ReadOnlySpan<byte> type)
    {
        writer.Text("channel"u8, channel);
        writer.Text("type"u8, type);
        writer.List("data"u8);
        writer.Object();
        return writer;
    }

    private static void EndData(MessageWriter writer)
    {
        writer.EndObject();
        writer.EndList();
    }
}
