namespace OrleansTicker.Grains.Ticker;

/// <summary>
/// Sends the last candles of the ticker that is active in this silo before the silo stops. When the ticker itself is deactivated it is too late:
/// so are the shards beside it, and if this is the last silo there is no place for others. Thread-safe.
/// </summary>
internal sealed class LastCandles : ILifecycleParticipant<ISiloLifecycle>
{
    private Func<CancellationToken, Task>? _send;

    /// <summary>Notes how a ticker that has started here sends its last candles. It may be called on any thread.</summary>
    public void Announce(Func<CancellationToken, Task> send) => Volatile.Write(ref _send, send);

    /// <summary>Forgets a ticker that has ended.</summary>
    public void Withdraw(Func<CancellationToken, Task> send) => Interlocked.CompareExchange(ref _send, null, send);

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(LastCandles), ServiceLifecycleStage.Last, _ => Task.CompletedTask, stopping => Volatile.Read(ref _send)?.Invoke(stopping) ?? Task.CompletedTask);
}
