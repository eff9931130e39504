using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.WebSockets;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>Compresses messages as a client of the platform does, which keeps its context if that was agreed.</summary>
internal sealed class ClientDeflater : IDisposable
{
    private readonly MemoryStream _sent = new();
    private readonly WebSocket _client;

    public ClientDeflater(WebSocketDeflateOptions options)
    {
        _client = WebSocket.CreateFromStream(
            _sent, new WebSocketCreationOptions { DangerousDeflateOptions = options, KeepAliveInterval = TimeSpan.Zero });
    }

    /// <summary>The payload of a compressed message.</summary>
    public byte[] Deflate(ReadOnlyMemory<byte> message)
    {
        _sent.SetLength(0);
        var sending = _client.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        Assert.True(sending.IsCompletedSuccessfully);
        var frame = _sent.ToArray();
        Assert.Equal(ClientBytes.Final | ClientBytes.Compressed | ClientBytes.Text, frame[0]);
        var header = 2 + ((frame[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 });
        var key = frame.AsSpan(header, sizeof(uint));
        var payload = frame[(header + sizeof(uint))..];
        for (var i = 0; i < payload.Length; i++)
        {
            payload[i] ^= key[i % sizeof(uint)];
        }

        return payload;
    }

    /// <summary>The payload of a message that ends with a final block.</summary>
    public static byte[] DeflateToEnd(ReadOnlySpan<byte> message)
    {
        var deflated = new MemoryStream();
        using (var deflate = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(message);
        }

        return deflated.ToArray();
    }

    /// <summary>Blocks that are not compressed and not final, each of some text.</summary>
    public static byte[] Stored(params byte[][] texts) =>
        [.. texts.SelectMany(text => (byte[])[0, .. Number(text.Length), .. Number(~text.Length), .. text])];

    public void Dispose()
    {
        _client.Dispose();
        _sent.Dispose();
    }

    private static byte[] Number(int number)
    {
        var bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)number);
        return bytes;
    }
}
