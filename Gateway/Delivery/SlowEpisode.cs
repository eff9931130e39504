namespace OrleansTicker.Gateway.Delivery;

/// <summary>Reports that a session has become a slow consumer, or that it has recovered.</summary>
/// <param name="Lasted">How long it lasted; null if it has just begun.</param>
/// <param name="Conflated">The number of ticks that were conflated in it.</param>
internal readonly record struct SlowEpisode(TimeSpan? Lasted, long Conflated);
