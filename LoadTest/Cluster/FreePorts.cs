using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>
/// Finds free ports below the range that systems assign to clients. Otherwise a client of a dead gateway could be assigned the gateway's own
/// port and connect to itself, and the gateway could not restart.
/// </summary>
internal static class FreePorts
{
    private const int First = 12_000;
    private const int Last = 30_000;

    /// <returns>Different ports that were free a moment ago.</returns>
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
