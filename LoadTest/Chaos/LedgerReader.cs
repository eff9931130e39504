namespace OrleansTicker.LoadTest.Chaos;

/// <summary>Somebody whose markets are entered in a <see cref="MarketLedger"/>. For any number of threads.</summary>
internal sealed class LedgerReader
{
    private long _agreed;

    /// <summary>How often its market was the same as another reader's at one (epoch, seq).</summary>
    public long Agreed => Interlocked.Read(ref _agreed);

    /// <summary>Another reader has the same market.</summary>
    public void Agree() => Interlocked.Increment(ref _agreed);
}
