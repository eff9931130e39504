using System.Net.WebSockets;
using OrleansTicker.Common.WebSockets;
using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>Lists what the platform's WebSocket hears, so that the gateway's own reader can be compared with it.</summary>
internal static class PlatformLog
{
    private const string ProtocolError = "880203EA";
    private const string InvalidPayload = "880203EF";

    /// <summary>Reads bytes one by one.</summary>
    public static IReadOnlyList<Heard> Read(byte[] bytes, int maxMessageBytes, ClientCompression? compression)
    {
        var wire = new Wire(bytes);
        using var socket = WebSocket.CreateFromStream(wire, new WebSocketCreationOptions
        {
            IsServer = true,
            KeepAliveInterval = TimeSpan.Zero,
            DangerousDeflateOptions = compression is { } agreed
                ? new WebSocketDeflateOptions { ClientContextTakeover = agreed.HasContextTakeover, ClientMaxWindowBits = agreed.WindowBits }
                : null,
        });
        var reader = new MessageReader(socket, maxMessageBytes);
        try
        {
            while (true)
            {
                var message = Wait(reader.ReadAsync(CancellationToken.None));
                if (message.Kind == ReceivedKind.Closed)
                {
                    wire.Heard.Add(new Heard(ClientFrameKind.Close, wire.At, Reason(socket), (int?)socket.CloseStatus));
                    break;
                }

                wire.Heard.Add(new Heard(KindOf(message.Kind), wire.At, Convert.ToHexString(message.Text.Span)));
                if (message.Kind != ReceivedKind.Text && !Wait(reader.TrySkipAsync(CancellationToken.None)))
                {
                    wire.Heard.Add(new Heard(ClientFrameKind.Close, wire.At, Reason(socket), (int?)socket.CloseStatus));
                    break;
                }
            }
        }
        catch (WebSocketException e) when (e.WebSocketErrorCode != WebSocketError.ConnectionClosedPrematurely)
        {
            // What can't be inflated is told by the exception only.
            wire.Heard.Add(new Heard(wire.Written == ProtocolError ? ClientFrameKind.ProtocolError : ClientFrameKind.InvalidText, wire.At, Cause: e.Message));
            Assert.Contains(wire.Written, (string?[])[ProtocolError, InvalidPayload, null]);
        }
        catch (WebSocketException)
        {
            // The end of the bytes.
        }

        return wire.Heard;
    }

    private static string Reason(WebSocket socket) => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(socket.CloseStatusDescription ?? ""));

    private static ClientFrameKind KindOf(ReceivedKind kind) => kind switch
    {
        ReceivedKind.Text => ClientFrameKind.Text,
        ReceivedKind.Binary => ClientFrameKind.Binary,
        _ => ClientFrameKind.TooLong,
    };

    /// <summary>Nothing that the platform does here has to wait.</summary>
    private static T Wait<T>(ValueTask<T> task)
    {
        Assert.True(task.IsCompleted);
        return task.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Gives out the client's bytes one by one, and takes what is answered.</summary>
    private sealed class Wire(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public List<Heard> Heard { get; } = [];

        public int At { get; private set; }

        /// <summary>The close frame that was written.</summary>
        public string? Written { get; private set; }

        public override bool CanWrite => true;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = Read(buffer.Span[..Math.Min(1, buffer.Length)]);
            At += count;
            return ValueTask.FromResult(count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Span[0] == 0x8A)
            {
                Heard.Add(new Heard(ClientFrameKind.Ping, At, Convert.ToHexString(buffer.Span[2..])));
            }
            else
            {
                Written = Convert.ToHexString(buffer.Span);
            }

            return ValueTask.CompletedTask;
        }
    }
}
