namespace OrleansTicker.Gateway.Market;

/// <summary>A tick: the market up to and including it. The default is before every tick.</summary>
/// <param name="Epoch">The life of the ticker.</param>
/// <param name="Seq">The number of the tick in it.</param>
internal readonly record struct Cursor(long Epoch, long Seq)
{
    /// <summary>The seq in an epoch; 0, the beginning, if this cursor is of another epoch.</summary>
    public long SeqIn(long epoch) => Epoch == epoch ? Seq : 0;

    /// <summary>Whether this cursor is later than the other. A later epoch is later, whatever the seq.</summary>
    public bool IsAfter(Cursor other) => Epoch > other.Epoch || (Epoch == other.Epoch && Seq > other.Seq);
}
