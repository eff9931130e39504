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

    public TestExchange()
    {
        _port.Bind(new IPEndPoint(Address, 0));
        Url = $"ws://{_port.LocalEndPoint}";
    }

    public string Url { get; }

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
        await HandshakeGate.WaitAsync(context.RequestAborted);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var stop = _stopping.Token.Register(socket.Abort);
        var buffer = new byte[4096];
        var first = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        var connection = new ExchangeConnection(socket, Encoding.UTF8.GetString(buffer, 0, first.Count));
        await _connections.Writer.WriteAsync(connection, CancellationToken.None);
        await connection.DrainAsync();
    }
}
