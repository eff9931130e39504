using System.Net;
using System.Net.Sockets;
using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Tests.Gateway.Delivery;

public sealed class KernelTimeoutTests
{
    [Fact]
    public void The_kernel_is_told_in_milliseconds_and_a_socket_that_is_gone_is_ignored()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has the option.");
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        socket.Connect(listener.LocalEndpoint);

        KernelTimeout.Set(socket, TimeSpan.FromSeconds(45));

        var value = new byte[sizeof(int)];
        socket.GetRawSocketOption(6, 18, value); // TCP_USER_TIMEOUT, tcp(7)
        Assert.Equal(45_000, BitConverter.ToInt32(value));
        socket.Dispose();
        KernelTimeout.Set(socket, TimeSpan.FromSeconds(45));
    }
}
