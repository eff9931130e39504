using System.Globalization;
using System.Text;
using System.Text.Json;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange.Dialects;

/// <summary>OKX' public channels (okx.com/docs-v5).</summary>
internal sealed class OkxDialect : IDialect
{
    private const int Tickers = 0;
    private const int Trades = 1;
    private const int BestBidOffer = 2;
    private const int NoDataReceived = 4004;

    private static readonly string[] ChannelNames = ["tickers", "trades", "bbo-tbt"];
    private static readonly TimeSpan TickerInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(30);

    private readonly List<Product> _waiting = []; // Those whose ticker has changed since it was last sent.

    public string Name => "OKX";

    public string SocketPath => "";

    public string ProductsPath => "/api/v5/public/instruments?instType=SPOT";

    public int Channels => ChannelNames.Length;

    public Pace? ConnectPace => new(3, TimeSpan.FromSeconds(1));

    public Pace? MessagePace => new(480, TimeSpan.FromHours(1));

    public string ProductOf(string @base, string quote) => $"{@base}-{quote}";

    public ReadOnlySpan<byte> WriteProducts(MessageWriter writer, IEnumerable<Product> products)
    {
        writer.Begin();
        writer.Text("code"u8, "0");
        writer.List("data"u8);
        foreach (var product in products)
        {
            writer.Object();
            writer.Text("instType"u8, "SPOT");
            writer.Text("instId"u8, product.Name);
            writer.Text("baseCcy"u8, product.Symbol.Base);
            writer.Text("quoteCcy"u8, product.Symbol.Quote);
            writer.Text("tickSz"u8, product.Symbol.Increment);
            writer.Text("lotSz"u8, "0.00000001");
            writer.Text("minSz"u8, "0.00001");
            writer.Text("state"u8, "live");
            writer.EndObject();
        }

        writer.EndList();
        writer.Text("msg"u8, "");
        return writer.End();
    }

    public void Open(Venue venue, ClientConnection client)
    {
    }

    public void Receive(Venue venue, ClientConnection client, ReadOnlyMemory<byte> message)
    {
        if (message.Span.SequenceEqual("ping"u8))
        {
            client.Send("pong"u8);
            return;
        }

        var operation = Request.Read(message)?.Text("op");
        if (operation is not ("subscribe" or "unsubscribe") || Request.Read(message) is not { } request)
        {
            SendError(venue, client, null, "60012", $"Invalid request: {Encoding.UTF8.GetString(message.Span)}");
            return;
        }

        foreach (var argument in request.Items("args"))
        {
            Handle(venue, client, request, operation, argument);
        }
    }

    /// <summary>Requests count, pings do not.</summary>
    public bool IsCounted(Opcode opcode, ReadOnlySpan<byte> payload) => opcode == Opcode.Text && !payload.SequenceEqual("ping"u8);

    public void Refuse(Venue venue, ClientConnection client) => SendError(venue, client, null, "60014", "Requests too frequent");

    public void Trade(Venue venue, Product product)
    {
        WriteTrade(venue, product, venue.Begin(product, Trades));
        OfferTicker(venue, product);
    }

    public void Book(Venue venue, Product product)
    {
        WriteBook(venue, product, venue.Begin(product, BestBidOffer));
        OfferTicker(venue, product);
    }

    public void Beat(Venue venue, bool isSecond)
    {
        foreach (var product in _waiting)
        {
            product.IsChanged = false;
            product.SummarizedAt = venue.Elapsed;
            WriteTicker(venue, product, venue.Begin(product, Tickers));
        }

        _waiting.Clear();
        if (isSecond && !venue.Misbehaviour.IgnoresLimits)
        {
            foreach (var client in venue.Open.Where(client => venue.Elapsed - client.HeardAt >= ClientTimeout))
            {
                client.Close(NoDataReceived, "No data received in 30s.");
            }
        }
    }

    public void AskToReconnect(Venue venue, ClientConnection client) =>
        SendEvent(venue, client, "notice", "64008", "The connection will soon be closed for a service upgrade. Please reconnect.");

    /// <summary>Sends a product's ticker now if the last one is old enough, and else at the next beat.</summary>
    private void OfferTicker(Venue venue, Product product)
    {
        if (product.IsChanged)
        {
            return;
        }

        if (product.SummarizedAt is { } last && venue.Elapsed - last < TickerInterval)
        {
            product.IsChanged = true;
            _waiting.Add(product);
            return;
        }

        product.SummarizedAt = venue.Elapsed;
        WriteTicker(venue, product, venue.Begin(product, Tickers));
    }

    private static void Handle(Venue venue, ClientConnection client, JsonElement request, string operation, JsonElement argument)
    {
        var (name, instrument) = (argument.Text("channel") ?? "", argument.Text("instId") ?? "");
        var channel = Array.IndexOf(ChannelNames, name);
        if (channel < 0 || venue.FindProduct(instrument) is not { } product)
        {
            SendError(
                venue,
                client,
                request,
                "60018",
                $"Wrong URL or channel:{name},instId:{instrument} doesn't exist. Please use the correct URL, channel and parameters referring to API document.");
            return;
        }

        var writer = BeginEvent(venue, request, operation);
        writer.Copy("arg"u8, argument);
        EndEvent(client, writer);
        if (operation == "unsubscribe")
        {
            client.Unsubscribe(channel, product);
        }
        else if (client.Subscribe(channel, product))
        {
            SendSnapshot(venue, client, product, channel);
        }
    }

    private static void SendSnapshot(Venue venue, ClientConnection client, Product product, int channel)
    {
        switch (channel)
        {
            case Trades when product.Last is not null:
                WriteTrade(venue, product, venue.BeginFor(client));
                break;
            case Tickers when product.Last is not null || product.Bid is not null:
                WriteTicker(venue, product, venue.BeginFor(client));
                break;
            case BestBidOffer when product.Bid is not null || product.Ask is not null:
                WriteBook(venue, product, venue.BeginFor(client));
                break;
        }
    }

    private static void SendError(Venue venue, ClientConnection client, JsonElement? request, string code, string message) =>
        SendEvent(venue, client, "error", code, message, request);

    private static void SendEvent(Venue venue, ClientConnection client, string kind, string code, string message, JsonElement? request = null)
    {
        var writer = BeginEvent(venue, request, kind);
        writer.Text("code"u8, code);
        writer.Text("msg"u8, message);
        EndEvent(client, writer);
    }

    private static MessageWriter BeginEvent(Venue venue, JsonElement? request, string kind)
    {
        var writer = venue.Writer.Begin();
        if (request?.Property("id") is { } id)
        {
            writer.Copy("id"u8, id);
        }

        writer.Text("event"u8, kind);
        return writer;
    }

    private static void EndEvent(ClientConnection client, MessageWriter writer)
    {
        writer.Text("connId"u8, client.Number.ToString("x8", CultureInfo.InvariantCulture));
        client.Send(writer.End());
    }

    private static void WriteTicker(Venue venue, Product product, MessageWriter? writer)
    {
        if (writer is null)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        BeginData(writer, product, Tickers);
        writer.Text("instType"u8, "SPOT"u8);
        writer.Text("instId"u8, product.Utf8Name);
        writer.Text("last"u8, figures.Last);
        writer.Text("lastSz"u8, figures.LastSize);
        writer.Text("askPx"u8, figures.Ask);
        writer.Text("askSz"u8, figures.AskSize);
        writer.Text("bidPx"u8, figures.Bid);
        writer.Text("bidSz"u8, figures.BidSize);
        writer.Text("open24h"u8, figures.Open);
        writer.Text("high24h"u8, figures.High);
        writer.Text("low24h"u8, figures.Low);
        writer.Text("sodUtc0"u8, figures.Open);
        writer.Text("sodUtc8"u8, figures.Open);
        writer.Text("volCcy24h"u8, figures.Turnover);
        writer.Text("vol24h"u8, figures.Volume);
        writer.Text("ts"u8, figures.Time?.ToUnixTimeMilliseconds());
        EndData(venue, writer);
    }

    private static void WriteTrade(Venue venue, Product product, MessageWriter? writer)
    {
        if (writer is null)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        BeginData(writer, product, Trades);
        writer.Text("instId"u8, product.Utf8Name);
        writer.Text("tradeId"u8, product.TradeId);
        writer.Text("px"u8, figures.Last);
        writer.Text("sz"u8, figures.LastSize);
        writer.Text("side"u8, product.IsSale ? "sell"u8 : "buy"u8);
        writer.Text("ts"u8, figures.Time?.ToUnixTimeMilliseconds());
        writer.Text("count"u8, "1"u8);
        writer.Integer("seqId"u8, product.Sequence);
        EndData(venue, writer);
    }

    private static void WriteBook(Venue venue, Product product, MessageWriter? writer)
    {
        if (writer is null)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        BeginData(writer, product, BestBidOffer);
        WriteSide(writer, "asks"u8, figures.Ask, figures.AskSize);
        WriteSide(writer, "bids"u8, figures.Bid, figures.BidSize);
        writer.Text("ts"u8, figures.Time?.ToUnixTimeMilliseconds());
        writer.Integer("seqId"u8, product.Sequence);
        EndData(venue, writer);
    }

    private static void WriteSide(MessageWriter writer, ReadOnlySpan<byte> name, decimal? best, decimal? size)
    {
        writer.List(name);
        if (best is { } price)
        {
            writer.List();
            writer.Text(price);
            writer.Text(size ?? 0);
            writer.Text("0");
            writer.Text("1");
            writer.EndList();
        }

        writer.EndList();
    }

    private static void BeginData(MessageWriter writer, Product product, int channel)
    {
        writer.Object("arg"u8);
        writer.Text("channel"u8, ChannelNames[channel]);
        writer.Text("instId"u8, product.Utf8Name);
        writer.EndObject();
        writer.List("data"u8);
        writer.Object();
    }

    private static void EndData(Venue venue, MessageWriter writer)
    {
        writer.EndObject();
        writer.EndList();
        venue.End();
    }
}
