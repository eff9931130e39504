namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>A reader's position in the ticks of a ticker. Unlike the seq, it also counts ticks without quotes.</summary>
/// <param name="Epoch">The life of the ticker.</param>
/// <param name="Number">The number of the last tick that was read.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.TickPosition")]
public readonly record struct TickPosition(
    [property: Id(0)] long Epoch,
    [property: Id(1)] long Number);
