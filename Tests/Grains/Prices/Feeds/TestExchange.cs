using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>
/// An exchange of the test's own on a port of its own, which behaves as badly as it is told. Until it is started the port is taken but
/// does not listen, so that connecting to it is refused.
/// </summary>
internal sealed class TestExchange : IAsyncDisposable
{
    /// <summary>
    /// Not the address of silos: one that was told that this port is free, just before the exchange took it, could listen there first, since
    /// until then nobody listens. Only Linux has other loopback addresses without being asked.
    /// </summary>
    private static readonly IPAddress Address = OperatingSystem.IsLinux() ? IPAddress.Parse("127.0.0.2") : IPAddress.Loopback;

    private readonly Socket _port = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Channel<ExchangeConnection> _connections = Channel.CreateUnbounded<ExchangeConnection>();
    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _app;
    private int _handshakes;

    public TestExchange()
    {
        _port.Bind(new IPEndPoint(Address, 0));
        Url = $"ws://{_port.LocalEndPoint}";
        ProductsUrl = $"http://{_port.LocalEndPoint}/products";
    }

    public string Url { get; }

    public string ProductsUrl { get; }

    /// <summary>The list of products; null if the exchange answers with an error instead.</summary>
    public string? Products { get; set; } = TestDialect.List("BTC-USD", "ETH-USD", "SOL-USD");

    /// <summary>What the list of products waits for.</summary>
    public Task ProductsGate { get; set; } = Task.CompletedTask;

    /// <summary>The status with which handshakes are refused; 0 if they are not.</summary>
    public int RefuseWith { get; set; }

    /// <summary>The header <c>Retry-After</c> of a refusal.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>Whether it compresses its messages if the client takes that.</summary>
    public bool Compresses { get; set; }

    /// <summary>How many handshakes have come, refused ones included.</summary>
    public int Handshakes => Volatile.Read(ref _handshakes);

    /// <summary>The handshakes' extensions and agents.</summary>
    public ConcurrentQueue<IHeaderDictionary> Requests { get; } = [];

    /// <summary>What the handshake waits for.</summary>
    public Task HandshakeGate { get; set; } = Task.CompletedTask;

    public static async Task<TestExchange> StartNewAsync()
    {
        var exchange = new TestExchange();
        await exchange.StartAsync();
        return exchange;
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen((IPEndPoint)_port.LocalEndPoint!));
        builder.WebHost.UseSockets(o => o.CreateBoundListenSocket = _ => _port);
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(ServeAsync);
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The next connection that has sent its first message.</summary>
    public Task<ExchangeConnection> AcceptAsync() =>
        _connections.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WithinTimeoutAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _port.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (context.Request.Path == "/products")
        {
            await ServeProductsAsync(context);
            return;
        }

        Interlocked.Increment(ref _handshakes);
        Requests.Enqueue(context.Request.Headers);
        await HandshakeGate.WaitAsync(context.RequestAborted);
        if (RefuseWith != 0)
        {
            context.Response.StatusCode = RefuseWith;
            context.Response.Headers.RetryAfter = RetryAfter;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { DangerousEnableCompression = Compresses });
        using var stop = _stopping.Token.Register(socket.Abort);
        var buffer = new byte[64 * 1024];
        var first = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        var connection = new ExchangeConnection(socket, Encoding.UTF8.GetString(buffer, 0, first.Count));
        await _connections.Writer.WriteAsync(connection, CancellationToken.None);
        await connection.DrainAsync();
    }

    private async Task ServeProductsAsync(HttpContext context)
    {
        await ProductsGate.WaitAsync(context.RequestAborted);
        if (Products is { } products)
        {
            await context.Response.WriteAsync(products, context.RequestAborted);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }
}
