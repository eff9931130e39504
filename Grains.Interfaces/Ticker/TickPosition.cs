namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>Up to where a reader has read what a ticker publishes. Unlike its seq this counts every tick, also those without quotes.</summary>
/// <param name="Epoch">The life of the ticker.</param>
/// <param name="Number">The number of the last tick that was read.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.TickPosition")]
public readonly record struct TickPosition(
    [property: Id(0)] long Epoch,
    [property: Id(1)] long Number);
