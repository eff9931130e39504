namespace OrleansTicker.Grains.Interfaces.Feeds;

/// <summary>The ticker that wants a feed's updates, and what it has of them.</summary>
/// <param name="Epoch">The life of the ticker. Of two tickers, a feed serves the one with the higher epoch.</param>
/// <param name="Process">The ticker's process: a feed in the same one is read directly and sends nothing.</param>
/// <param name="Feed">The life of the feed that the ticker knows; empty for none.</param>
/// <param name="Number">The last update of that life that it has without a gap; 0 for none.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.FeedReader")]
public sealed record FeedReader(
    [property: Id(0)] long Epoch,
    [property: Id(1)] Guid Process,
    [property: Id(2)] Guid Feed,
    [property: Id(3)] long Number);
