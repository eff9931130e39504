using System.Collections.Concurrent;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>Counts what clients notice during one fault. Thread-safe.</summary>
internal sealed class FaultWatch
{
    private readonly ConcurrentDictionary<int, int> _closes = new();
    private int _resumed;
    private int _begunAnew;
    private int _refused;

    /// <summary>Closed WebSockets by close code.</summary>
    public SortedDictionary<int, int> Closes => new(_closes.ToDictionary());

    /// <summary>Clients that reconnected and resumed from their cursors.</summary>
    public int Resumed => Volatile.Read(ref _resumed);

    /// <summary>Clients that reconnected and received a snapshot.</summary>
    public int BegunAnew => Volatile.Read(ref _begunAnew);

    /// <summary>Failed attempts to connect.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public void Closed(int code) => _closes.AddOrUpdate(code, 1, (_, count) => count + 1);

    public void CameBack(bool byCursor) => Interlocked.Increment(ref byCursor ? ref _resumed : ref _begunAnew);

    public void WasRefused() => Interlocked.Increment(ref _refused);
}
