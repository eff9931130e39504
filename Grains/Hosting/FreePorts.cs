using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace OrleansTicker.Grains.Hosting;

/// <summary>
/// Chooses the ports that are configured as 0, so that any number of silos run on one machine. Orleans tells the other members
/// its port before it listens, and so cannot leave the choice to the system.
/// </summary>
internal static class FreePorts
{
    /// <summary>Replaces each 0 in <c>Orleans:Endpoints</c> by a port that is free at this moment.</summary>
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
