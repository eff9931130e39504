using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using OrleansTicker.Gateway.Connections;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Connections;

/// <summary>A connection that ends before or while its socket is detached.</summary>
public sealed class FailedDetachTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("RST")]
    [InlineData("FIN")]
    public async Task A_client_that_went_before_leaves_no_socket(string how)
    {
        var gone = new TaskCompletionSource();
        await using var server = await DetachingServer.StartAsync(async (context, _) =>
        {
            using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        });
        using var client = await server.UpgradeAsync();

        if (how == "RST")
        {
            client.Reset();
        }
        else
        {
            client.Shutdown(SocketShutdown.Send);
        }

        Assert.Null((await server.NextAsync()).Socket);
        await server.Web.LetsGoAsync();
    }

    [Fact]
    public async Task A_client_that_resets_while_its_socket_is_detached_leaves_nothing_behind()
    {
        await using var server = await DetachingServer.StartAsync();
        var sockets = 0;
        for (var count = 0; count < 300; count++)
        {
            using var client = await server.Web.ConnectAsync();
            await client.WriteAsync(DetachingServer.Handshake);
            if (count % 3 != 0)
            {
                await client.ReadHeadersAsync();
            }

            client.Reset();
            if (count % 3 != 0)
            {
                using var socket = (await server.NextAsync()).Socket;
                if (socket is not null)
                {
                    sockets++;
                    Assert.Equal("RST", await socket.ReadEndAsync());
                }
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{sockets} detached before the reset.");
        await server.Web.LetsGoAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_end_ends_the_wait_for_a_client_that_takes_nothing(bool byClient)
    {
        HttpContext? request = null;
        await using var server = await DetachingServer.StartAsync((context, stream) =>
        {
            request = context;
            _ = stream.WriteAsync(new byte[16 << 20], Stop).AsTask();
            return Task.CompletedTask;
        });
        using var client = await server.UpgradeAsync(receiveBuffer: 32 << 10);
        var next = server.NextAsync();
        await client.ReadAsync(1 << 20);
        Assert.False(next.IsCompleted);

        if (byClient)
        {
            client.Reset();
        }
        else
        {
            request!.Abort();
        }

        Assert.Null((await next).Socket);
        if (!byClient)
        {
            var error = await Assert.ThrowsAsync<SocketException>(() => client.ReadAsync(16 << 20));
            Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        }

        await server.Web.LetsGoAsync();
    }

    [Fact]
    public async Task A_request_that_ends_while_it_detaches_closes_the_connection()
    {
        var detaching = new TaskCompletionSource<Task<SocketReceiver?>>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await WebServer.StartAsync(Transport.Detachable, async context =>
        {
            await using var stream = await context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpUpgradeFeature>()!.UpgradeAsync();
            _ = stream.WriteAsync(new byte[16 << 20], Stop).AsTask();
            detaching.SetResult(context.Features.Get<IDetachableConnectionFeature>()!.DetachAsync().AsTask());
        });
        using var client = await server.ConnectAsync(receiveBuffer: 32 << 10);
        await client.WriteAsync(DetachingServer.Handshake);
        await client.ReadHeadersAsync();
        var detach = await detaching.Task.WithinTimeoutAsync();

        client.Reset();

        Assert.Null(await detach.WithinTimeoutAsync());
        await Eventually.TrueAsync(() => server.Connections == 0 && server.Buffers == 0, "nothing is left");
    }
}
