namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>The price source has delivered no usable price for too long: the current prices are old.</summary>
/// <param name="Source">The source, as <c>Ticker:Source</c> names it.</param>
/// <param name="Silence">How long it had delivered none when this was published.</param>
/// <param name="Cause">What is known about the cause, for people; null if it is unknown.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.PriceOutage")]
public sealed record PriceOutage(
    [property: Id(0)] string Source,
    [property: Id(1)] TimeSpan Silence,
    [property: Id(2)] string? Cause);
