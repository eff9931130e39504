namespace OrleansTicker.Grains.Prices;

/// <summary>How long a source has delivered no usable price. The default is for sources that always have prices.</summary>
/// <param name="Length">The time since the last usable price, or since the start. An unchanged price is usable too.</param>
/// <param name="Cause">The cause, as far as it is known; null if it is unknown. Public, so it contains no addresses or secrets.</param>
public readonly record struct PriceSilence(TimeSpan Length, string? Cause);
