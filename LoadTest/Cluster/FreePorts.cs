using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>
/// Chooses ports that are free. They lie below those that systems give to clients: towards a gateway that is dead a client could
/// else be given the gateway's own port and connect to itself, and the gateway could not come back.
/// </summary>
internal static class FreePorts
{
    private const int First = 12_000;
    private const int Last = 30_000;

    /// <returns>So many different ports, of which each was free a moment ago.</returns>
    public static int[] Find(int count)
    {
        var start = RandomNumberGenerator.GetInt32(First, Last);
        var ports = Enumerable.Range(0, Last - First).Select(i => First + ((start - First + i) % (Last - First))).Where(IsFree).Take(count).ToArray();
        return ports.Length == count ? ports : throw new ClusterException($"There are no {count} free ports from {First} to {Last}.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
