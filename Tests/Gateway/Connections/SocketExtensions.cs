using System.Net.Sockets;
using System.Text;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Connections;

/// <summary>What a test does with one end of a connection, within a time limit.</summary>
internal static class SocketExtensions
{
    public static Task WriteAsync(this Socket socket, string text) => socket.WriteAsync(Encoding.ASCII.GetBytes(text));

    public static async Task WriteAsync(this Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = await socket.SendAsync(bytes, SocketFlags.None, TestContext.Current.CancellationToken).AsTask()
                .WithinTimeoutAsync("it is sent");
            bytes = bytes[count..];
        }
    }

    /// <summary>Reads this many bytes, or fewer if the connection ends before.</summary>
    public static async Task<byte[]> ReadAsync(this Socket socket, int count)
    {
        var bytes = new byte[count];
        var length = 0;
        while (length < count)
        {
            var read = await socket.ReceiveAsync(bytes.AsMemory(length), TestContext.Current.CancellationToken).AsTask()
                .WithinTimeoutAsync($"{count - length} more bytes of {count}");
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return bytes[..length];
    }

    /// <summary>Reads the headers of an answer, up to the empty line.</summary>
    public static async Task<string> ReadHeadersAsync(this Socket socket)
    {
        var text = new StringBuilder();
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var one = await socket.ReadAsync(1);
            Assert.True(one.Length == 1, $"It ended after: {text}");
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    /// <summary>How the other side ended the connection: FIN, RST, or more if it has not and there is more to read.</summary>
    public static async Task<string> ReadEndAsync(this Socket socket)
    {
        try
        {
            return (await socket.ReadAsync(1)).Length == 0 ? "FIN" : "more";
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset)
        {
            return "RST";
        }
    }

    /// <summary>Resets the connection.</summary>
    public static void Reset(this Socket socket) => socket.Close(timeout: 0);
}
