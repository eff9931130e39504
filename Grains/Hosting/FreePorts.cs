using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace OrleansTicker.Grains.Hosting;

/// <summary>
/// Replaces ports that are configured as 0, so that several silos can run on one machine. Orleans announces its port before it
/// listens, so the system cannot choose the port.
/// </summary>
internal static class FreePorts
{
    /// <summary>Replaces each 0 in <c>Orleans:Endpoints</c> by a port that is currently free.</summary>
    public static void Choose(IConfiguration configuration)
    {
        foreach (var key in new[] { "Orleans:Endpoints:SiloPort", "Orleans:Endpoints:GatewayPort" })
        {
            if (configuration[key] == "0")
            {
                configuration[key] = FindOne().ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    private static int FindOne()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
