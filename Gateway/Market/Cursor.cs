namespace OrleansTicker.Gateway.Market;

/// <summary>A place in the ticker's life: the market up to and including this tick. The default stands before everything.</summary>
/// <param name="Epoch">The life of the ticker.</param>
/// <param name="Seq">The tick in it.</param>
internal readonly record struct Cursor(long Epoch, long Seq)
{
    /// <summary>The seq in an epoch: 0, the beginning, where this place is in another, of which it says nothing.</summary>
    public long SeqIn(long epoch) => Epoch == epoch ? Seq : 0;

    /// <summary>Whether this place is later than the other. A later epoch is later, whatever the seq.</summary>
    public bool IsAfter(Cursor other) => Epoch > other.Epoch || (Epoch == other.Epoch && Seq > other.Seq);
}
