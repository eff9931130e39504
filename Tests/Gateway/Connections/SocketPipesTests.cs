using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.ObjectPool;
using OrleansTicker.Gateway.Connections;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Connections;

/// <summary>The pipes of a socket without a web server.</summary>
public sealed class SocketPipesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_was_flushed_is_sent_before_the_socket_changes_hands_even_if_the_loop_is_behind()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 32 << 10 };
        await client.ConnectAsync(listener.LocalEndPoint!, Stop);
        using var accepted = await listener.AcceptAsync(Stop);
        var options = new PipeOptions(readerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false);
        await using var pipes = new SocketPipes(accepted, options, options, new DefaultObjectPoolProvider().Create<SocketSender>());
        pipes.Start();
        await pipes.Output.WriteAsync(new byte[16 << 20], Stop);
        await pipes.Output.WriteAsync("tail"u8.ToArray(), Stop); // The loop still sends what was before it.

        var detach = pipes.DetachAsync().AsTask();
        Assert.Equal(16 << 20, (await client.ReadAsync(16 << 20)).Length);
        Assert.Equal("tail"u8.ToArray(), await client.ReadAsync(4));

        Assert.Same(accepted, (await detach.WithinTimeoutAsync())?.Socket);
        Assert.True((await pipes.Input.ReadAsync(Stop)).IsCompleted);
    }
}
