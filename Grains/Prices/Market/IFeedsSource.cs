using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Grains.Prices.Market;

/// <summary>A price source that takes its prices from the feeds of exchanges. Called in the ticker's turns; no member waits.</summary>
internal interface IFeedsSource
{
    /// <summary>
    /// The exchanges; the same array as long as none comes or goes. Null until the feeds have had the time to answer: until then, what
    /// was known before a failover of the ticker stands.
    /// </summary>
    ImmutableArray<FeedStatus>? Statuses { get; }

    /// <summary>Asks the feeds for their updates. Called several times in <see cref="IExchangeFeedGrain.AttachmentLength"/>.</summary>
    /// <param name="epoch">The epoch of the ticker.</param>
    /// <param name="turnInterval">The time between two turns of the ticker.</param>
    /// <param name="nextTurnIn">How long it is until one of them.</param>
    void Attach(long epoch, TimeSpan turnInterval, TimeSpan nextTurnIn);

    /// <summary>Takes what changed at an exchange.</summary>
    void Take(FeedUpdate update);

    /// <summary>The feeds as operators see them, in the order of their names.</summary>
    ImmutableArray<FeedReport> Report();
}
