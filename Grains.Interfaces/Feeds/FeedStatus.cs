namespace OrleansTicker.Grains.Interfaces.Feeds;

/// <summary>Whether an exchange counts, for clients that want to be told.</summary>
/// <param name="Exchange">The exchange, as in symbols: <c>coinbase</c>.</param>
/// <param name="IsLive">Whether its feed shows signs of life.</param>
/// <param name="Cause">What is known about why it does not, for people; null if it is live or nothing is known. Contains no address.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.FeedStatus")]
public sealed record FeedStatus(
    [property: Id(0)] string Exchange,
    [property: Id(1)] bool IsLive,
    [property: Id(2)] string? Cause = null);
