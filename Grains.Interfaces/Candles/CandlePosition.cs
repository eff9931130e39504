namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>A place in the ticker's batches of candles. It only grows: a later life of the ticker has a higher epoch.</summary>
/// <param name="Epoch">The life of the ticker.</param>
/// <param name="Seq">The ticker's newest tick when the batch was made, or one more than in the batch before if that is larger.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.CandlePosition")]
public readonly record struct CandlePosition(
    [property: Id(0)] long Epoch,
    [property: Id(1)] long Seq) : IComparable<CandlePosition>
{
    public static bool operator <(CandlePosition left, CandlePosition right) => left.CompareTo(right) < 0;

    public static bool operator >(CandlePosition left, CandlePosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(CandlePosition left, CandlePosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CandlePosition left, CandlePosition right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(CandlePosition other) => Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Seq.CompareTo(other.Seq);
}
