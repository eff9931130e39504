using System.Text;
using OrleansTicker.Gateway.Channels;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>A side channel that has what the test puts into it.</summary>
internal sealed class QueuedSideChannel : ISideChannel
{
    private readonly Queue<string> _texts = new();

    public bool IsClosed { get; private set; }

    public bool HasNews { get; private set; }

    public void Say(params string[] texts)
    {
        HasNews = true;
        foreach (var text in texts)
        {
            _texts.Enqueue(text);
        }
    }

    public ReadOnlyMemory<byte> Next()
    {
        HasNews = _texts.TryDequeue(out var text);
        return HasNews ? Encoding.UTF8.GetBytes(text!) : default(ReadOnlyMemory<byte>);
    }

    public void Close() => IsClosed = true;
}
