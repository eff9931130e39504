namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>How a connection ended.</summary>
/// <param name="Reason">Why, for the log.</param>
/// <param name="MinWait">How long to stay away at least.</param>
/// <param name="Situation">The same in public words, without an address; null if there is just no connection.</param>
internal sealed record ConnectionEnd(string Reason, TimeSpan MinWait = default, string? Situation = null);
