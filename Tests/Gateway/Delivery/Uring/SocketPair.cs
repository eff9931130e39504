using System.Net;
using System.Net.Sockets;

namespace OrleansTicker.Tests.Gateway.Delivery.Uring;

/// <summary>Two ends of a TCP connection over loopback.</summary>
internal sealed class SocketPair : IDisposable
{
    /// <summary>Connects them.</summary>
    /// <param name="buffer">About how many bytes the connection holds that are not read; null for as many as usual.</param>
    public SocketPair(int? buffer = null)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (buffer is { } length)
        {
            listener.ReceiveBufferSize = length;
        }

        listener.Listen();
        Sender.Connect(listener.LocalEndPoint!);
        Receiver = listener.Accept();
        Sender.NoDelay = true;
        if (buffer is { } limit)
        {
            Sender.SendBufferSize = limit;
        }
    }

    public Socket Sender { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public Socket Receiver { get; }

    /// <summary>Reads a number of bytes, for which it waits.</summary>
    public byte[] Read(int count)
    {
        Receiver.ReceiveTimeout = 30_000;
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var more = Receiver.Receive(bytes, read, count - read, SocketFlags.None);
            Assert.NotEqual(0, more);
            read += more;
        }

        return bytes;
    }

    public void Dispose()
    {
        Sender.Dispose();
        Receiver.Dispose();
    }
}
