namespace OrleansTicker.Gateway.Delivery;

/// <summary>What is told of a slow consumer: that an episode begins, or how it was.</summary>
/// <param name="Lasted">How long it lasted; null where it has just begun.</param>
/// <param name="Conflated">The ticks that were conflated in it.</param>
internal readonly record struct SlowEpisode(TimeSpan? Lasted, long Conflated);
