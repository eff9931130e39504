namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>The price source has given no usable price for longer than it may: the prices that stand are old.</summary>
/// <param name="Source">The source, as <c>Ticker:Source</c> names it.</param>
/// <param name="Silence">How long it had given none when the ticker said so.</param>
/// <param name="Cause">What is known about the cause, for people; null where nothing is.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.PriceOutage")]
public sealed record PriceOutage(
    [property: Id(0)] string Source,
    [property: Id(1)] TimeSpan Silence,
    [property: Id(2)] string? Cause);
