using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrleansTicker.LoadTest.Exchange.Dialects;
using OrleansTicker.LoadTest.Exchange.Venues;
using OrleansTicker.LoadTest.Exchange.Wire;

namespace OrleansTicker.LoadTest.Exchange;

/// <summary>
/// A server that speaks as five exchanges do, and misbehaves as it is told. Until it is started its port is taken but does not listen, so that
/// connecting to it is refused.
/// </summary>
internal sealed class ExchangeServer : IAsyncDisposable
{
    private static readonly TimeSpan BeatInterval = TimeSpan.FromMilliseconds(100);

    private readonly Socket _port = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _time;
    private WebApplication? _app;
    private ITimer? _beats;

    /// <exception cref="ExchangeException">The port is taken.</exception>
    public ExchangeServer(ExchangeServerOptions options, TimeProvider time)
    {
        try
        {
            _port.Bind(new IPEndPoint(options.Address, options.Port));
        }
        catch (SocketException refused)
        {
            _port.Dispose();
            throw new ExchangeException($"Port {options.Port} cannot be taken: {refused.Message}.", refused);
        }

        _time = time;
        IDialect[] dialects = [new CoinbaseDialect(), new KrakenDialect(), new BinanceDialect(), new BitstampDialect(), new OkxDialect()];
        Venues = [.. dialects.Select(dialect => new Venue(dialect, options.Symbols, time))];
        Market = new TestMarket(Venues);
    }

    /// <summary>The exchanges.</summary>
    public IReadOnlyList<Venue> Venues { get; }

    /// <summary>The market, to be moved by hand.</summary>
    public TestMarket Market { get; }

    /// <summary>Host and port.</summary>
    public string Authority => _port.LocalEndPoint!.ToString()!;

    /// <summary>The settings that make a silo or a gateway take its prices from here.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        KeyValuePair.Create("Ticker:Source", "Exchanges"),

        // Exchanges that no dialect stands for are left out: they would be asked for at their real addresses.
        .. Venues.Select((venue, index) => KeyValuePair.Create($"Ticker:Exchanges:Names:{index}", venue.Dialect.Name)),
        .. Venues.Select(venue => venue.Dialect.Name).SelectMany(name => new[]
        {
            KeyValuePair.Create($"Ticker:{name}:Url", FeedUrlOf(name).ToString()),
            KeyValuePair.Create($"Ticker:{name}:ProductsUrl", ProductsUrlOf(name).ToString()),
        }),
    ];

    /// <summary>An exchange, such as <c>coinbase</c>.</summary>
    public Venue this[string exchange] => Venues.First(venue => venue.Dialect.Name.Equals(exchange, StringComparison.OrdinalIgnoreCase));

    /// <summary>The address of an exchange's WebSocket.</summary>
    public Uri FeedUrlOf(string exchange) => new($"ws://{Authority}/{NameOf(this[exchange])}{this[exchange].Dialect.SocketPath}");

    /// <summary>The address of an exchange's list of products.</summary>
    public Uri ProductsUrlOf(string exchange) => new($"http://{Authority}/{NameOf(this[exchange])}{this[exchange].Dialect.ProductsPath}");

    /// <summary>Creates a server and starts it.</summary>
    public static async Task<ExchangeServer> StartNewAsync(ExchangeServerOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var server = new ExchangeServer(options, time);
        await server.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="ExchangeException">Something else listens on the port.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen((IPEndPoint)_port.LocalEndPoint!));
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = _ => _port);
        _app = builder.Build();
        _app.Run(ServeAsync);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (SocketException taken)
        {
            throw new ExchangeException($"Nobody can listen at {Authority}: {taken.Message}.", taken);
        }

        _beats = _time.CreateTimer(_ => Beat(), null, BeatInterval, BeatInterval);
    }

    /// <summary>Lets what was sent go out to the clients of all exchanges.</summary>
    public void Flush()
    {
        foreach (var venue in Venues)
        {
            venue.Flush();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_beats is not null)
        {
            await _beats.DisposeAsync();
        }

        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _port.Dispose();
        _stopping.Dispose();
        foreach (var venue in Venues)
        {
            venue.Dispose();
        }
    }

    private static string NameOf(Venue venue) => venue.Dialect.Name.ToLowerInvariant();

    private void Beat()
    {
        foreach (var venue in Venues)
        {
            venue.Beat();
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(ControlEndpoint.Path, out var target))
        {
            await ControlEndpoint.HandleAsync(context, target.Value ?? "", Venues);
            return;
        }

        foreach (var venue in Venues)
        {
            if (!path.StartsWithSegments($"/{NameOf(venue)}", out var rest))
            {
                continue;
            }

            if (ServerHandshake.IsAsked(context))
            {
                await AcceptAsync(context, venue, rest.Value ?? "");
                return;
            }

            if (rest.StartsWithSegments("/products") || rest == new Uri($"http://host{venue.Dialect.ProductsPath}").AbsolutePath)
            {
                await ListProductsAsync(context, venue);
                return;
            }
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private async Task AcceptAsync(HttpContext context, Venue venue, string path)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, context.RequestAborted);
        var status = venue.Admit();
        while (venue.Misbehaviour.HoldsHandshakes)
        {
            await Task.Delay(BeatInterval, TimeProvider.System, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                return;
            }
        }

        if (status is { } refused)
        {
            context.Response.StatusCode = refused;
            if (venue.Misbehaviour.RetryAfter is { } wait)
            {
                context.Response.Headers.RetryAfter = ((long)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            return;
        }

        var query = context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var socket = await ServerHandshake.AcceptAsync(context, venue.Misbehaviour.Compresses);
        await venue.ServeAsync(socket, path, query, _stopping.Token);
    }

    private static async Task ListProductsAsync(HttpContext context, Venue venue)
    {
        if (venue.Misbehaviour.RefusesProductsWith is { } refused)
        {
            context.Response.StatusCode = refused;
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(venue.ListProducts(), context.RequestAborted);
    }
}
