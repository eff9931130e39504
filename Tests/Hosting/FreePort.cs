using System.Net;
using System.Net.Sockets;

namespace OrleansTicker.Tests.Hosting;

/// <summary>Finds a port of loopback that nobody listens on, for programs that have to be told theirs.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
