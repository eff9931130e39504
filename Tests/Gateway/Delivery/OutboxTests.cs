using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Tests.Gateway.Delivery;

public sealed class OutboxTests
{
    private readonly ScriptedSocket _socket = new();
    private readonly CountingSlot _slot = new();
    private readonly Outbox _outbox;

    public OutboxTests() => _outbox = new Outbox(_socket, _slot);

    [Fact]
    public void No_byte_of_one_message_stands_inside_another()
    {
        _socket.Room = 2;
        _outbox.Send("AAAA"u8.ToArray());
        var answer = _outbox.WriteAsync("bbb"u8);

        Assert.False(_outbox.TryFlush());
        _socket.Room = 3;
        Assert.False(_outbox.TryFlush());
        _socket.Room = 100;
        Assert.True(_outbox.TryFlush());
        _outbox.Send("CC"u8.ToArray());

        Assert.Equal("AAAAbbbCC"u8.ToArray(), _socket.Taken);
        Assert.True(answer.IsCompletedSuccessfully);
    }

    [Fact]
    public void Messages_go_in_the_order_in_which_they_were_handed_in()
    {
        _ = _outbox.WriteAsync("1"u8);
        _ = _outbox.WriteAsync("2"u8);
        _ = _outbox.WriteAsync("3"u8);

        Assert.True(_outbox.TryFlush());

        Assert.Equal("123"u8.ToArray(), _socket.Taken);
        Assert.Equal(3, _slot.Requests);
    }

    [Fact]
    public async Task Nothing_follows_the_close_frame()
    {
        _socket.Room = 2;
        _ = _outbox.WriteAsync("11"u8);
        var closing = _outbox.CloseAsync("88"u8.ToArray());
        Assert.True(_outbox.WriteAsync("22"u8).IsCompletedSuccessfully);
        Assert.True(_outbox.WriteAsync(new byte[10_000]).IsCompletedSuccessfully);
        Assert.False(_outbox.TryFlush());
        Assert.False(closing.IsCompleted);

        _socket.Room = int.MaxValue;
        Assert.True(_outbox.TryFlush());

        Assert.Equal("1188"u8.ToArray(), _socket.Taken);
        Assert.True(await closing);
    }

    [Fact]
    public async Task A_close_frame_that_the_socket_does_not_take_is_told()
    {
        _socket.Room = 0;
        var closing = _outbox.CloseAsync("88"u8.ToArray());
        _outbox.TryFlush();

        _outbox.Fail(new IOException("gone"));

        Assert.False(await closing);
        Assert.False(await _outbox.CloseAsync("88"u8.ToArray()));
    }

    [Fact]
    public async Task When_the_socket_is_gone_everyone_who_waits_is_told()
    {
        _socket.Room = 1;
        await _outbox.WriteAsync("12"u8);
        var current = _outbox.WriteAsync(new byte[5000]);
        var next = _outbox.WriteAsync("34"u8);
        _outbox.TryFlush();

        _outbox.Fail(new IOException("gone"));

        await Assert.ThrowsAsync<IOException>(() => current);
        await Assert.ThrowsAsync<IOException>(() => next);
        await Assert.ThrowsAsync<IOException>(() => _outbox.WriteAsync("56"u8));
    }

    [Fact]
    public void Who_hands_in_much_waits_until_there_is_room_again()
    {
        _socket.Room = 0;
        Assert.True(_outbox.WriteAsync(new byte[4000]).IsCompleted);
        Assert.True(_outbox.WriteAsync(new byte[96]).IsCompleted);
        var more = _outbox.WriteAsync(new byte[1]);
        _outbox.TryFlush();
        Assert.False(more.IsCompleted);

        _socket.Room = int.MaxValue;
        _outbox.TryFlush();

        Assert.True(more.IsCompletedSuccessfully);
        Assert.True(_outbox.WriteAsync(new byte[5000]).IsCompleted);
    }

    [Fact]
    public void The_bytes_handed_in_may_be_reused_at_once()
    {
        _socket.Room = 0;
        byte[] buffer = [.. "old"u8];
        _ = _outbox.WriteAsync(buffer);
        "new"u8.CopyTo(buffer);
        _socket.Room = 10;

        _outbox.TryFlush();

        Assert.Equal("old"u8.ToArray(), _socket.Taken);
    }
}
