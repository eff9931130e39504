using System.Net.Sockets;
using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Tests.Gateway.Delivery.Workers;

/// <summary>A socket to whose handle the worker sends. It keeps what is written to itself.</summary>
internal sealed class HandleSocket(Socket? socket) : ISocketWriter
{
    public List<byte> Taken { get; } = [];

    public int Room { get; set; } = int.MaxValue;

    /// <summary>How often it was asked whether it is ready.</summary>
    public int Asked { get; private set; }

    public bool IsReady
    {
        get
        {
            Asked++;
            return true;
        }
    }

    /// <summary>What happens while the worker asks for the handle.</summary>
    public Action? OnHandle { get; set; }

    public SafeSocketHandle? Handle
    {
        get
        {
            OnHandle?.Invoke();
            return socket?.SafeHandle;
        }
    }

    public int TryWrite(ReadOnlyMemory<byte> bytes)
    {
        var count = Math.Min(Room, bytes.Length);
        Taken.AddRange(bytes.Span[..count]);
        return count;
    }
}
