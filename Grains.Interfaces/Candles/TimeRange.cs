namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>The time from one instant up to another, which does not belong to it.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.TimeRange")]
public readonly record struct TimeRange(
    [property: Id(0)] DateTimeOffset From,
    [property: Id(1)] DateTimeOffset To);
