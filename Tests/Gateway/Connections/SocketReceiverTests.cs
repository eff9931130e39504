using System.Net;
using System.Net.Sockets;
using OrleansTicker.Gateway.Connections;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Connections;

/// <summary>A wait for bytes that changes hands.</summary>
public sealed class SocketReceiverTests : IAsyncLifetime
{
    private readonly Socket _client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private SocketReceiver? _created;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SocketReceiver Receiver => _created!;

    public async ValueTask InitializeAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        await _client.ConnectAsync(listener.LocalEndPoint!, Stop);
        _created = new SocketReceiver(await listener.AcceptAsync(Stop));
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        Receiver.Socket.Dispose();
        Receiver.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_wait_ends_with_bytes_and_with_the_end_of_the_client()
    {
        var wait = Receiver.WaitAsync();
        Assert.False(wait.IsCompleted);
        Assert.False(Receiver.TryReceive(new byte[8], out _), "There is nothing yet.");

        await _client.WriteAsync("abc");
        Assert.True(await WithinTimeoutAsync(wait));
        Assert.Equal("abc"u8.ToArray(), Receive());

        _client.Shutdown(SocketShutdown.Send);
        Assert.True(await WithinTimeoutAsync(Receiver.WaitAsync()));
        Assert.Empty(Receive());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reset_ends_a_wait_and_is_told_by_the_receive(bool isFirst)
    {
        if (isFirst)
        {
            _client.Reset();
            Assert.True(Receiver.Socket.Poll(TickerClient.Patience, SelectMode.SelectRead));
        }

        var wait = Receiver.WaitAsync();
        if (!isFirst)
        {
            _client.Reset();
        }

        Assert.True(await WithinTimeoutAsync(wait));
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => Receive()).SocketErrorCode);
    }

    [Fact]
    public async Task An_interrupted_wait_goes_on_for_the_next_caller()
    {
        var first = Receiver.WaitAsync();
        Receiver.Interrupt();
        Assert.False(await WithinTimeoutAsync(first));

        var second = Receiver.WaitAsync();
        Assert.False(second.IsCompleted);
        await _client.WriteAsync("abc");
        Assert.True(await WithinTimeoutAsync(second));
        Assert.Equal("abc"u8.ToArray(), Receive());
    }

    [Fact]
    public async Task What_comes_between_two_callers_is_told_to_the_next()
    {
        var first = Receiver.WaitAsync();
        Receiver.Interrupt();
        Assert.False(await WithinTimeoutAsync(first));

        await _client.WriteAsync("abc");
        Assert.True(await WithinTimeoutAsync(Receiver.WaitAsync()));
        Assert.Equal("abc"u8.ToArray(), Receive());

        var wait = Receiver.WaitAsync();
        Assert.False(wait.IsCompleted);
        _client.Shutdown(SocketShutdown.Send);
        Assert.True(await WithinTimeoutAsync(wait));
    }

    [Fact]
    public async Task An_interruption_between_two_waits_ends_the_next_one_and_no_other()
    {
        Receiver.Interrupt();
        Assert.False(await WithinTimeoutAsync(Receiver.WaitAsync()));

        var wait = Receiver.WaitAsync();
        Assert.False(wait.IsCompleted);
        await _client.WriteAsync("abc");
        Assert.True(await WithinTimeoutAsync(wait));
    }

    [Fact]
    public async Task The_end_of_the_socket_ends_a_wait()
    {
        var wait = Receiver.WaitAsync();
        Receiver.Socket.Dispose();

        Assert.True(await WithinTimeoutAsync(wait));
        Assert.Throws<ObjectDisposedException>(() => Receive());
    }

    [Fact]
    public async Task No_byte_and_no_interruption_is_lost_when_they_come_at_once()
    {
        for (var round = 0; round < 2_000; round++)
        {
            var wait = Receiver.WaitAsync();
            var interruption = Task.Run(Receiver.Interrupt, Stop);
            await _client.SendAsync(new byte[1], Stop);
            var wasReadable = await WithinTimeoutAsync(wait);
            await interruption;
            if (wasReadable)
            {
                Assert.False(await WithinTimeoutAsync(Receiver.WaitAsync()), "It was told of the byte, and not of the interruption.");
            }

            Assert.True(wasReadable || await WithinTimeoutAsync(Receiver.WaitAsync()));
            Assert.Single(Receive());
        }
    }

    private static Task<bool> WithinTimeoutAsync(ValueTask<bool> wait) => wait.AsTask().WithinTimeoutAsync("the wait ends");

    private byte[] Receive()
    {
        var buffer = new byte[8];
        Assert.True(Receiver.TryReceive(buffer, out var count));
        return buffer[..count];
    }
}
