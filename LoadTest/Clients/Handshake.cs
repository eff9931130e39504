using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>The opening handshake of a client (RFC 6455, 4.1).</summary>
internal sealed class Handshake
{
    private const string Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int MaxAnswerBytes = 16 * 1024;

    private static readonly byte[] HeaderEnd = "\r\n\r\n"u8.ToArray();

    private readonly Uri _gateway;
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    public Handshake(Uri gateway) => _gateway = gateway;

    /// <summary>The request of the client.</summary>
    /// <param name="token">The client's token.</param>
    /// <param name="cursor">The cursor to resume from; the default for none.</param>
    /// <param name="wantsStatus">Whether the client wants to know which exchanges count.</param>
    public byte[] Request(string token, Cursor cursor, bool wantsStatus = false)
    {
        var query = wantsStatus ? "?status=true" : "";
        if (cursor != default)
        {
            query += string.Create(CultureInfo.InvariantCulture, $"{(wantsStatus ? '&' : '?')}epoch={cursor.Epoch}&seq={cursor.Seq}");
        }

        return Encoding.ASCII.GetBytes(
            $"GET /ws/ticker{query} HTTP/1.1\r\nHost: {_gateway.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {_key}\r\nSec-WebSocket-Protocol: ticker.v1\r\nAuthorization: Bearer {token}\r\n\r\n");
    }

    /// <summary>Reads the server's response.</summary>
    /// <exception cref="HandshakeException">The server did not accept the WebSocket.</exception>
    public async Task ReadAnswerAsync(Stream stream, FrameReader rest, CancellationToken cancellationToken)
    {
        var answer = new byte[1024];
        var length = 0;
        int end;
        while ((end = answer.AsSpan(0, length).IndexOf(HeaderEnd)) < 0)
        {
            if (length == answer.Length)
            {
                Array.Resize(ref answer, length < MaxAnswerBytes ? length * 2 : throw new HandshakeException(0, "an answer without an end"));
            }

            var count = await stream.ReadAsync(answer.AsMemory(length), cancellationToken);
            length += count > 0 ? count : throw new HandshakeException(0, "the server hung up");
        }

        Check(Encoding.ASCII.GetString(answer, 0, end).Split("\r\n"));
        var frames = answer.AsSpan(end + HeaderEnd.Length, length - end - HeaderEnd.Length);
        while (!frames.IsEmpty)
        {
            var free = rest.GetFree().Span;
            var count = Math.Min(free.Length, frames.Length);
            frames[..count].CopyTo(free);
            rest.Received(count);
            frames = frames[count..];
        }
    }

    private void Check(string[] lines)
    {
        var words = lines[0].Split(' ', 3);
        if (words.Length < 2 || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            throw new HandshakeException(0, "an answer that is not HTTP");
        }

        if (status != 101)
        {
            throw new HandshakeException(status, $"HTTP {status}");
        }

#pragma warning disable CA5350 // SHA-1 is what RFC 6455 asks for here; nothing is secured by it.
        var expected = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(_key + Salt)));
#pragma warning restore CA5350
        const string Accept = "Sec-WebSocket-Accept:";
        if (!lines.Any(line => line.StartsWith(Accept, StringComparison.OrdinalIgnoreCase) && line[Accept.Length..].Trim() == expected))
        {
            throw new HandshakeException(status, "a handshake that does not answer this one");
        }
    }
}
