namespace OrleansTicker.LoadTest.Clients;

/// <summary>Up to where a client has been sent the market. The default is before all ticks.</summary>
/// <param name="Epoch">The life of the ticker.</param>
/// <param name="Seq">The number of the tick in it.</param>
internal readonly record struct Cursor(long Epoch, long Seq)
{
    public bool IsAfter(Cursor other) => Epoch > other.Epoch || (Epoch == other.Epoch && Seq > other.Seq);

    public override string ToString() => $"({Epoch}, {Seq})";
}
