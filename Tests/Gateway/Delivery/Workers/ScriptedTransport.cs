using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Tests.Gateway.Delivery.Workers;

/// <summary>A transport that takes of each frame what the test says, and keeps it.</summary>
internal sealed class ScriptedTransport(int batchSize) : ISendTransport
{
    private readonly Lock _changing = new();
    private readonly List<int> _batches = [];
    private readonly List<byte[]> _taken = [];

    /// <summary>How many bytes it takes of each frame; negative for a socket that is full.</summary>
    public int Room { get; set; } = int.MaxValue;

    /// <summary>After how many frames it fails.</summary>
    public int FailsAfter { get; set; } = int.MaxValue;

    /// <summary>What happens before a batch is sent.</summary>
    public Action? OnSend { get; set; }

    /// <summary>The lengths of the batches that were sent.</summary>
    public int[] Batches
    {
        get
        {
            lock (_changing)
            {
                return [.. _batches];
            }
        }
    }

    /// <summary>What was taken of each frame.</summary>
    public byte[][] Taken
    {
        get
        {
            lock (_changing)
            {
                return [.. _taken];
            }
        }
    }

    public TransportKind Kind => TransportKind.Send;

    public int BatchSize => batchSize;

    public void Send(Span<FrameSend> batch)
    {
        OnSend?.Invoke();
        lock (_changing)
        {
            _batches.Add(batch.Length);
            foreach (ref var send in batch)
            {
                if (FailsAfter-- <= 0)
                {
                    throw new InvalidOperationException("as the test says");
                }

                send.Taken = Math.Min(Room, send.Frame.Length);
                _taken.Add(send.Frame.Span[..Math.Max(0, send.Taken)].ToArray());
            }
        }
    }

    public void Dispose()
    {
        // It owns nothing.
    }
}
