using System.Net.WebSockets;
using OrleansTicker.Common.WebSockets;
using OrleansTicker.Gateway.Protocol.Native;
using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Tests.Fuzzing;

/// <summary>What may come over an open socket.</summary>
public sealed class SocketFuzzing
{
    private const int MaxMessageBytes = 4096;

    /// <summary>"Hello", compressed (RFC 7692, 7.2.3.1).</summary>
    private const string Deflated = "\u00f2\u0048\u00cd\u00c9\u00c9\u0007\u0000";

    [Fact]
    public Task A_message_may_be_anything() => Fuzz.BytesAsync(
        "JSON messages",
        200_000,
        [
            """{"type":"ping"}""",
            """{"type":"subscribe","symbols":["BTC-USD","\ud83d\ude00"],"interval_ms":250}""",
            """{"type":"unsubscribe","symbols":["*"]}""",
            """{"type":"auth","token":"AAAA.AAAA"}""",
            """{"type":"subscribe","symbols":[[[[[[[["\ud800"]]]]]]]],"interval_ms":1e400}""",
        ],
        text => Assert.NotEqual(NativeProtocol.Instance.TryRead(text, out var message, out var error), message is null && error is not null));

    [Fact]
    public Task Any_bytes_are_messages_or_the_end_of_the_session() => Fuzz.BytesAsync(
        "frames, by the message reader",
        20_000,
        [
            Frame(0x81, """{"type":"ping"}"""), Frame(0x01, "a") + Frame(0x80, "b"), Frame(0x89, "ping") + Frame(0x8a, "pong"),
            Frame(0x88, "\u0003è"), Frame(0x82, "binary"), Frame(0x81, new string('x', 120)),
        ],
        bytes =>
        {
            using var socket = WebSocket.CreateFromStream(
                new Client(bytes), new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
            var reader = new MessageReader(socket, MaxMessageBytes, idleBytes: 128);
            try
            {
                for (var messages = 0; messages <= bytes.Length; messages++)
                {
                    var (kind, text) = reader.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
                    Assert.InRange(text.Length, 0, MaxMessageBytes);
                    if (kind != ReceivedKind.Text)
                    {
                        return;
                    }
                }

                Assert.Fail("More messages than bytes.");
            }
            catch (WebSocketException)
            {
                // Told as what it is: the client does not keep to RFC 6455, or is gone.
            }
        });

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public Task Any_bytes_are_frames_or_their_end(bool isCompressed, bool hasContextTakeover) => Fuzz.BytesAsync(
        "frames, by the frame reader, for each compression",
        100_000,
        [
            Frame(0x81, """{"type":"ping"}"""), Frame(0x01, "a") + Frame(0x80, "b"), Frame(0x89, "ping") + Frame(0x8a, "pong"),
            Frame(0x88, "\u0003è"), Frame(0x82, "binary"), Frame(0x81, new string('x', 120)),
            Frame(0xc1, Deflated) + Frame(0xc1, Deflated), Frame(0x41, Deflated[..5]) + Frame(0x89, "") + Frame(0x80, Deflated[5..]),
        ],
        bytes =>
        {
            using var reader = new ClientFrameReader(
                MaxMessageBytes, isCompressed ? new ClientCompression(hasContextTakeover, WindowBits: 9) : null);
            var rest = new ReadOnlySpan<byte>(bytes);
            for (var left = bytes.Length + 1; ; left--)
            {
                var frame = reader.Read(ref rest);
                Assert.InRange(frame.Payload.Length, 0, MaxMessageBytes);
                if (frame.Kind == ClientFrameKind.None)
                {
                    break;
                }

                Assert.True(left > 0, "More frames than bytes.");
            }

            Assert.True(rest.IsEmpty, "All bytes are taken.");
        });

    /// <summary>A client's frame, masked with zeros.</summary>
    private static string Frame(byte first, string payload) => $"{(char)first}{(char)(0x80 | payload.Length)}\0\0\0\0{payload}";

    /// <summary>Says what it has to say, and hears nothing.</summary>
    private sealed class Client(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override bool CanWrite => true;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Write(byte[] buffer, int offset, int count)
        {
        }
    }
}
