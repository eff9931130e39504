using System.Net.Sockets;
using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>A socket that takes as much as the test says, and keeps what it took.</summary>
internal sealed class ScriptedSocket : ISocketWriter
{
    public List<byte> Taken { get; } = [];

    /// <summary>How many bytes it still takes.</summary>
    public int Room { get; set; } = int.MaxValue;

    public bool IsGone { get; set; }

    public bool IsReady => true;

    public SafeSocketHandle? Handle => null;

    public int TryWrite(ReadOnlyMemory<byte> bytes)
    {
        if (IsGone)
        {
            throw new IOException("gone");
        }

        var count = Math.Min(Room, bytes.Length);
        Taken.AddRange(bytes.Span[..count]);
        Room -= count;
        return count;
    }
}
