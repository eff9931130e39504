namespace OrleansTicker.Grains.Prices;

/// <summary>How a source does. The default is a source that always has a price.</summary>
/// <param name="Length">How long ago the last usable price came, or the source was started. A price that is the same again is usable.</param>
/// <param name="Cause">What the source knows about the cause, without addresses or other secrets, for anyone may read it; null for nothing.</param>
public readonly record struct PriceSilence(TimeSpan Length, string? Cause);
