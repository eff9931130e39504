using System.Buffers.Binary;
using System.Text.Unicode;

namespace OrleansTicker.Gateway.WebSockets;

/// <summary>Reads the payload of a client's close frame (RFC 6455, 5.5.1).</summary>
internal static class ClientCloseFrame
{
    /// <summary>Reads a payload, which is empty or has a code.</summary>
    public static ClientFrame Read(ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return new ClientFrame(ClientFrameKind.Close);
        }

        var code = BinaryPrimitives.ReadUInt16BigEndian(payload.Span);
        var reason = payload[sizeof(ushort)..];
        return !IsCodeValid(code) ? new ClientFrame(ClientFrameKind.ProtocolError)
            : !Utf8.IsValid(reason.Span) ? new ClientFrame(ClientFrameKind.InvalidText)
            : new ClientFrame(ClientFrameKind.Close, reason, code);
    }

    /// <summary>Whether a code may be sent: it is registered, or free for libraries and applications (RFC 6455, 7.4 and 11.7).</summary>
    private static bool IsCodeValid(int code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
