using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using OrleansTicker.Gateway.Connections;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Connections;

/// <summary>A socket that leaves the web server in good order.</summary>
public sealed class DetachTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_detached_socket_works_both_ways_after_the_request_and_the_web_server_have_ended()
    {
        await using var server = await DetachingServer.StartAsync();
        using var client = await server.UpgradeAsync();
        var detached = await server.NextAsync();
        using var socket = detached.Socket!;
        await server.Web.LetsGoAsync();
        await ExchangeAsync(client, socket);

        await server.Web.StopAsync(Stop);
        await ExchangeAsync(client, socket);

        socket.Shutdown(SocketShutdown.Send);
        Assert.Equal("FIN", await client.ReadEndAsync());
        await client.WriteAsync("bye");
        Assert.Equal("bye"u8.ToArray(), await socket.ReadAsync(3));
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("FIN", await socket.ReadEndAsync());
    }

    [Fact]
    public async Task What_came_with_the_handshake_is_in_the_stream_and_what_comes_later_in_the_socket()
    {
        await using var server = await DetachingServer.StartAsync();
        using var client = await server.Web.ConnectAsync();
        await client.WriteAsync(DetachingServer.Handshake + "early");
        var detached = await server.NextAsync();
        using var socket = detached.Socket!;
        await client.WriteAsync("late");

        Assert.Equal("early", Encoding.ASCII.GetString(detached.Early));
        Assert.Equal("late"u8.ToArray(), await socket.ReadAsync(4));
    }

    [Fact]
    public async Task More_than_the_web_server_buffers_is_whole_in_the_stream_and_the_socket()
    {
        var before = new TaskCompletionSource();
        await using var server = await DetachingServer.StartAsync((_, _) => before.Task);
        using var client = await server.UpgradeAsync();
        var bytes = new byte[8 << 20];
        new Random(1).NextBytes(bytes);

        var sent = client.WriteAsync(bytes);
        await Eventually.TrueAsync(() => server.Web.Buffers >= 250, "a full pipe");
        before.SetResult();
        var detached = await server.NextAsync();
        using var socket = detached.Socket!;
        var late = await socket.ReadAsync(bytes.Length - detached.Early.Length);
        await sent.WithinTimeoutAsync();

        Assert.InRange(detached.Early.Length, 1 << 20, 2 << 20);
        Assert.True(bytes.AsSpan().SequenceEqual([.. detached.Early, .. late]));
        await server.Web.LetsGoAsync();
    }

    [Fact]
    public async Task What_was_written_before_reaches_a_slow_client_before_the_socket_changes_hands()
    {
        var bytes = new byte[16 << 20];
        new Random(2).NextBytes(bytes);
        var (written, released) = (Task.CompletedTask, NewBarrier());
        await using var server = await DetachingServer.StartAsync((_, stream) =>
        {
            written = stream.WriteAsync(bytes, Stop).AsTask();
            released.SetResult();
            return Task.CompletedTask;
        });
        using var client = await server.UpgradeAsync(receiveBuffer: 32 << 10);
        await released.Task.WithinTimeoutAsync();
        var next = server.NextAsync();
        var first = await client.ReadAsync(1 << 20);
        Assert.False(next.IsCompleted, "Sockets don't hold 15 MB.");

        var rest = await client.ReadAsync(bytes.Length - first.Length);
        using var socket = (await next).Socket!;
        await written.WithinTimeoutAsync();
        await ExchangeAsync(client, socket);

        Assert.True(bytes.AsSpan().SequenceEqual([.. first, .. rest]));
        await server.Web.LetsGoAsync();
    }

    [Fact]
    public async Task An_abort_of_the_request_leaves_a_detached_socket_alone()
    {
        var aborted = NewBarrier();
        await using var server = await DetachingServer.StartAsync(after: async (context, _) =>
        {
            using var registration = context.RequestAborted.Register(aborted.SetResult);
            context.Abort();
            await aborted.Task;
        });
        using var client = await server.UpgradeAsync();
        using var socket = (await server.NextAsync()).Socket!;

        await ExchangeAsync(client, socket);
        await server.Web.LetsGoAsync();
    }

    [Fact]
    public async Task A_stop_in_a_hurry_tells_the_request_and_leaves_its_detached_socket_alone()
    {
        var (begun, aborted) = (NewBarrier(), NewBarrier());
        await using var server = await DetachingServer.StartAsync(after: async (context, _) =>
        {
            using var registration = context.RequestAborted.Register(aborted.SetResult);
            begun.SetResult();
            await aborted.Task;
        });
        using var client = await server.UpgradeAsync();
        await begun.Task.WithinTimeoutAsync();
        using var hurry = new CancellationTokenSource(TimeSpan.Zero);

        await server.Web.StopAsync(hurry.Token);

        using var socket = (await server.NextAsync()).Socket!;
        await ExchangeAsync(client, socket);
        await Eventually.TrueAsync(() => server.Web.Connections == 0, "no connection");
    }

    [Fact]
    public async Task A_socket_is_detached_once()
    {
        Exception? error = null;
        await using var server = await DetachingServer.StartAsync(after: async (context, _) => error = await Record.ExceptionAsync(
            () => context.Features.Get<IDetachableConnectionFeature>()!.DetachAsync().AsTask()));
        using var client = await server.UpgradeAsync();
        using var socket = (await server.NextAsync()).Socket!;

        Assert.IsType<InvalidOperationException>(error);
        await ExchangeAsync(client, socket);
    }

    private static async Task ExchangeAsync(Socket client, Socket server)
    {
        await client.WriteAsync("ping");
        Assert.Equal("ping"u8.ToArray(), await server.ReadAsync(4));
        await server.WriteAsync("pong");
        Assert.Equal("pong"u8.ToArray(), await client.ReadAsync(4));
    }

    private static TaskCompletionSource NewBarrier() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
