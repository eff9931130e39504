using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OrleansTicker.Gateway.Connections;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Connections;

/// <summary>A web server that detaches the socket of each upgraded request, and ends the request.</summary>
internal sealed class DetachingServer : IAsyncDisposable
{
    /// <summary>The request of an upgrade.</summary>
    public const string Handshake = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n";

    private readonly Channel<Detached> _detached = Channel.CreateUnbounded<Detached>();

    private DetachingServer()
    {
    }

    /// <summary>The web server.</summary>
    public WebServer Web { get => field ?? throw new InvalidOperationException("It is not started yet."); private set; }

    /// <param name="before">Runs between the upgrade and the detach, with the upgraded stream.</param>
    /// <param name="after">Runs before the end of the request.</param>
    public static async Task<DetachingServer> StartAsync(
        Func<HttpContext, Stream, Task>? before = null, Func<HttpContext, Socket?, Task>? after = null)
    {
        var server = new DetachingServer();
        server.Web = await WebServer.StartAsync(Transport.Detachable, async context =>
        {
            await using var stream = await context.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync();
            await (before?.Invoke(context, stream) ?? Task.CompletedTask);
            var socket = (await context.Features.Get<IDetachableConnectionFeature>()!.DetachAsync())?.Socket;
            using var early = new MemoryStream();
            if (socket is not null)
            {
                await stream.CopyToAsync(early, TestContext.Current.CancellationToken);
            }

            await (after?.Invoke(context, socket) ?? Task.CompletedTask);
            server._detached.Writer.TryWrite(new Detached(early.ToArray(), socket));
        });
        return server;
    }

    /// <summary>Connects and sends a handshake.</summary>
    public async Task<Socket> UpgradeAsync(int? receiveBuffer = null)
    {
        var client = await Web.ConnectAsync(receiveBuffer);
        await client.WriteAsync(Handshake);
        Assert.StartsWith("HTTP/1.1 101", await client.ReadHeadersAsync(), StringComparison.Ordinal);
        return client;
    }

    /// <summary>The next request's socket.</summary>
    public Task<Detached> NextAsync() => _detached.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WithinTimeoutAsync();

    public ValueTask DisposeAsync() => Web.DisposeAsync();
}
