namespace OrleansTicker.LoadTest.Clients;

/// <summary>The last tick that a client has received. The default is before all ticks.</summary>
/// <param name="Epoch">The epoch of the ticker.</param>
/// <param name="Seq">The number of the tick in the epoch.</param>
internal readonly record struct Cursor(long Epoch, long Seq)
{
    public bool IsAfter(Cursor other) => Epoch > other.Epoch || (Epoch == other.Epoch && Seq > other.Seq);

    public override string ToString() => $"({Epoch}, {Seq})";
}
