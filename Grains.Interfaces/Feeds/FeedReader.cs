namespace OrleansTicker.Grains.Interfaces.Feeds;

/// <summary>The ticker that wants a feed's updates.</summary>
/// <param name="Epoch">The life of the ticker. Of two tickers, a feed serves the one with the higher epoch.</param>
/// <param name="Process">The ticker's process: a feed in the same one is read directly and sends nothing.</param>
/// <param name="TurnInterval">The time between two turns of the ticker. The feed sends no more often.</param>
/// <param name="NextTurnIn">How long it is until one of the ticker's turns: an update that arrives shortly before it waits least.</param>
/// <param name="Feed">The life of the feed whose updates it has without a gap; empty if it needs a whole one.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.FeedReader")]
public sealed record FeedReader(
    [property: Id(0)] long Epoch,
    [property: Id(1)] Guid Process,
    [property: Id(2)] Guid Feed,
    [property: Id(3)] TimeSpan TurnInterval,
    [property: Id(4)] TimeSpan NextTurnIn);
