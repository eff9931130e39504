using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OrleansTicker.Tests.Hosting;

/// <summary>A DNS server (RFC 1035) on loopback that answers every query with the same IPv4 addresses, which may be changed.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private const int HeaderLength = 12;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _answering;

    public NameServer()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _answering = AnswerAsync();
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>The addresses of every name.</summary>
    public IPAddress[] Addresses { get; set; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task AnswerAsync()
    {
        var buffer = new byte[512];
        while (true)
        {
            var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
            if (received.ReceivedBytes > HeaderLength)
            {
                await _socket.SendToAsync(AnswerTo(buffer.AsSpan(0, received.ReceivedBytes)), received.RemoteEndPoint, _stop.Token);
            }
        }
    }

    private byte[] AnswerTo(ReadOnlySpan<byte> question)
    {
        var addresses = Addresses;

        // An empty label ends the name; type and class follow. Anything else in the query (EDNS) is ignored.
        var end = HeaderLength + question[HeaderLength..].IndexOf((byte)0) + 5;
        byte[] head = [.. question[..2], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(6), (ushort)addresses.Length);
        return
        [
            .. head,
            .. question[HeaderLength..end],
            .. addresses.SelectMany(address => (byte[])[0xc0, HeaderLength, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, .. address.GetAddressBytes()]),
        ];
    }
}
