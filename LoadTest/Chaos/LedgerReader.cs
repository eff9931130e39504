namespace OrleansTicker.LoadTest.Chaos;

/// <summary>A client whose markets are entered in a <see cref="MarketLedger"/>. Thread-safe.</summary>
internal sealed class LedgerReader
{
    private long _agreed;

    /// <summary>How often its market was the same as another client's at the same (epoch, seq).</summary>
    public long Agreed => Interlocked.Read(ref _agreed);

    /// <summary>Counts that another client has the same market.</summary>
    public void Agree() => Interlocked.Increment(ref _agreed);
}
