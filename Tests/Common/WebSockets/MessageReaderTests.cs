using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text;
using OrleansTicker.Common.WebSockets;
using static System.Net.WebSockets.WebSocketMessageType;

namespace OrleansTicker.Tests.Common.WebSockets;

public sealed class MessageReaderTests : IDisposable
{
    private const int IdleBytes = 8;
    private const int MaxBytes = 20;

    private readonly ScriptedSocket _socket = new();

    [Theory]
    [InlineData(IdleBytes)]
    [InlineData(int.MaxValue)]
    public async Task A_message_is_put_together_from_its_fragments(int idleBytes)
    {
        var reader = new MessageReader(_socket, MaxBytes, idleBytes);
        _socket.Add("one, ", isEnd: false).Add("two and ", isEnd: false).Add("", isEnd: false).Add("three").Add("four").Add("");

        Assert.Equal("one, two and three", await ReadTextAsync(reader));
        Assert.Equal("four", await ReadTextAsync(reader));
        Assert.Equal("", await ReadTextAsync(reader));
    }

    [Theory]
    [InlineData(IdleBytes)]
    [InlineData(int.MaxValue)]
    public async Task The_end_of_the_longest_message_may_come_by_itself(int idleBytes)
    {
        var reader = new MessageReader(_socket, MaxBytes, idleBytes);
        _socket.Add(new string('x', MaxBytes), isEnd: false).Add("");

        Assert.Equal(new string('x', MaxBytes), await ReadTextAsync(reader));
    }

    [Theory]
    [InlineData(IdleBytes)]
    [InlineData(int.MaxValue)]
    public async Task A_message_is_too_long_from_its_first_byte_above_the_limit(int idleBytes)
    {
        var reader = new MessageReader(_socket, MaxBytes, idleBytes);
        _socket.Add(new string('x', MaxBytes), isEnd: false).Add("y", isEnd: false).Add("z");

        Assert.Equal(ReceivedKind.TooLong, (await ReadAsync(reader)).Kind);
        Assert.Equal("z", await ReadTextAsync(reader));
    }

    [Theory]
    [InlineData(ReceivedKind.Binary, Binary, 1)]
    [InlineData(ReceivedKind.TooLong, Text, MaxBytes + 1)]
    public async Task What_is_left_of_a_refused_message_can_be_skipped(ReceivedKind kind, WebSocketMessageType type, int length)
    {
        var reader = new MessageReader(_socket, MaxBytes);
        _socket.Add(new string('x', length), type, isEnd: false).Add(new string('y', 100), type, isEnd: false).Add("z", type).Add("next");

        Assert.Equal(kind, (await ReadAsync(reader)).Kind);
        Assert.True(await SkipAsync(reader));
        Assert.Equal("next", await ReadTextAsync(reader));
    }

    [Fact]
    public async Task Of_a_message_that_has_ended_nothing_is_skipped()
    {
        var reader = new MessageReader(_socket, MaxBytes);
        _socket.Add("x", Binary).Add("next");

        Assert.True(await SkipAsync(reader));
        Assert.Equal(ReceivedKind.Binary, (await ReadAsync(reader)).Kind);
        Assert.True(await SkipAsync(reader));
        Assert.Equal("next", await ReadTextAsync(reader));
    }

    [Fact]
    public async Task The_other_end_may_close_within_a_message()
    {
        var reader = new MessageReader(_socket, MaxBytes);
        _socket.Add("x", isEnd: false).Add("", Close).Add("x", Binary, isEnd: false).Add("", Close);

        Assert.Equal(ReceivedKind.Closed, (await ReadAsync(reader)).Kind);
        Assert.Equal(ReceivedKind.Binary, (await ReadAsync(reader)).Kind);
        Assert.False(await SkipAsync(reader));
    }

    [Fact]
    public async Task The_buffer_grows_for_a_long_message_and_shrinks_before_the_next()
    {
        var reader = new MessageReader(_socket, MaxBytes, IdleBytes);
        _socket.Add(new string('x', MaxBytes)).Add("short");

        await ReadTextAsync(reader);
        await ReadTextAsync(reader);

        Assert.Equal([IdleBytes, 2 * IdleBytes, MaxBytes + 1, IdleBytes], _socket.Buffers.Select(buffer => buffer.Length));
    }

    [Fact]
    public async Task A_buffer_with_room_for_every_message_stays()
    {
        var reader = new MessageReader(_socket, MaxBytes);
        _socket.Add("short").Add(new string('x', MaxBytes + 50)).Add("short");

        await ReadTextAsync(reader);
        await ReadAsync(reader);
        await SkipAsync(reader);
        await ReadTextAsync(reader);

        Assert.Equal(MaxBytes + 1, Assert.Single(_socket.Buffers.Distinct()).Length);
    }

    public void Dispose() => _socket.Dispose();

    private static async Task<string> ReadTextAsync(MessageReader reader)
    {
        var message = await ReadAsync(reader);
        Assert.Equal(ReceivedKind.Text, message.Kind);
        return Encoding.UTF8.GetString(message.Text.Span);
    }

    private static async Task<ReceivedMessage> ReadAsync(MessageReader reader) => await reader.ReadAsync(TestContext.Current.CancellationToken);

    private static async Task<bool> SkipAsync(MessageReader reader) => await reader.TrySkipAsync(TestContext.Current.CancellationToken);

    /// <summary>Receives prepared fragments, each in as many parts as the buffer needs, and notes the buffers.</summary>
    private sealed class ScriptedSocket : WebSocket
    {
        private readonly Queue<(byte[] Bytes, WebSocketMessageType Type, bool IsEnd)> _fragments = new();
        private int _read;

        public List<byte[]> Buffers { get; } = [];

        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => WebSocketState.Open;

        public override string? SubProtocol => null;

        public ScriptedSocket Add(string text, WebSocketMessageType type = WebSocketMessageType.Text, bool isEnd = true)
        {
            _fragments.Enqueue((Encoding.UTF8.GetBytes(text), type, isEnd));
            return this;
        }

        public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            Assert.True(MemoryMarshal.TryGetArray<byte>(buffer, out var segment));
            Buffers.Add(segment.Array!);
            var (bytes, type, isEnd) = _fragments.Peek();
            var part = bytes.AsMemory(_read, Math.Min(buffer.Length, bytes.Length - _read));
            part.CopyTo(buffer);
            _read += part.Length;
            var isWhole = _read == bytes.Length;
            if (isWhole)
            {
                _fragments.Dequeue();
                _read = 0;
            }

            return ValueTask.FromResult(new ValueWebSocketReceiveResult(part.Length, type, isEnd && isWhole));
        }

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override void Abort()
        {
        }

        public override void Dispose()
        {
        }
    }
}
