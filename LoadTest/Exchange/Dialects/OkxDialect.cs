using System.Globalization;
using System.Text;
using System.Text.Json;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange.Dialects;

/// <summary>OKX' public channels (okx.com/docs-v5).</summary>
internal sealed class OkxDialect : IDialect
{
    public const int Tickers = 0;
    public const int Trades = 1;
    public const int BestBidOffer = 2;
    private const int NoDataReceived = 4004;

    private static readonly TimeSpan TickerInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(30);

    private readonly List<Product> _waiting = []; // Those whose ticker has changed since it was last sent.

    public string Name => "OKX";

    public string SocketPath => "";

    public string ProductsPath => "/api/v5/public/instruments?instType=SPOT";

    public int Channels => OkxMessages.ChannelNames.Length;

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
            OkxMessages.SendError(venue, client, null, "60012", $"Invalid request: {Encoding.UTF8.GetString(message.Span)}");
            return;
        }

        foreach (var argument in request.Items("args"))
        {
            Handle(venue, client, request, operation, argument);
        }
    }

    /// <summary>Requests count, pings do not.</summary>
    public bool IsCounted(Opcode opcode, ReadOnlySpan<byte> payload) => opcode == Opcode.Text && !payload.SequenceEqual("ping"u8);

    public void Refuse(Venue venue, ClientConnection client) => OkxMessages.SendError(venue, client, null, "60014", "Requests too frequent");

    public void Trade(Venue venue, Product product)
    {
        OkxMessages.WriteTrade(venue, product, venue.Begin(product, Trades));
        OfferTicker(venue, product);
    }

    public void Book(Venue venue, Product product)
    {
        OkxMessages.WriteBook(venue, product, venue.Begin(product, BestBidOffer));
        OfferTicker(venue, product);
    }

    public void Beat(Venue venue, bool isSecond)
    {
        foreach (var product in _waiting)
        {
            product.IsChanged = false;
            product.SummarizedAt = venue.Elapsed;
            OkxMessages.WriteTicker(venue, product, venue.Begin(product, Tickers));
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
        OkxMessages.SendEvent(venue, client, "notice", "64008", "The connection will soon be closed for a service upgrade. Please reconnect.");

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
        OkxMessages.WriteTicker(venue, product, venue.Begin(product, Tickers));
    }

    private static void Handle(Venue venue, ClientConnection client, JsonElement request, string operation, JsonElement argument)
    {
        var (name, instrument) = (argument.Text("channel") ?? "", argument.Text("instId") ?? "");
        var channel = Array.IndexOf(OkxMessages.ChannelNames, name);
        if (channel < 0 || venue.FindProduct(instrument) is not { } product)
        {
            OkxMessages.SendError(
                venue,
                client,
                request,
                "60018",
                $"Wrong URL or channel:{name},instId:{instrument} doesn't exist. Please use the correct URL, channel and parameters referring to API document.");
            return;
        }

        var writer = OkxMessages.BeginEvent(venue, request, operation);
        writer.Copy("arg"u8, argument);
        OkxMessages.EndEvent(client, writer);
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
                OkxMessages.WriteTrade(venue, product, venue.BeginFor(client));
                break;
            case Tickers when product.Last is not null || product.Bid is not null:
                OkxMessages.WriteTicker(venue, product, venue.BeginFor(client));
                break;
            case BestBidOffer when product.Bid is not null || product.Ask is not null:
                OkxMessages.WriteBook(venue, product, venue.BeginFor(client));
                break;
        }
    }
}
