using OrleansTicker.Gateway.Channels;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>A slot whose worker only counts how often it is asked.</summary>
internal sealed class CountingSlot : IWorkerSlot
{
    public int Requests { get; private set; }

    /// <summary>What a test does when the worker is asked, besides counting.</summary>
    public Action? OnRequest { get; set; }

    public void RequestFlush()
    {
        Requests++;
        OnRequest?.Invoke();
    }

    public void Run(Action action) => throw new NotSupportedException();
}
