using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>Makes the quotes of a pass of what the recorded exchanges say.</summary>
internal interface IQuoteMaker
{
    /// <summary>Which exchanges were live at the last <see cref="Collect"/>; empty where clients are not told.</summary>
    ImmutableArray<FeedStatus> Statuses { get; }

    /// <summary>Adds the quotes that have changed since the last call.</summary>
    /// <param name="now">The time that is played.</param>
    /// <param name="changes">The list to add to.</param>
    void Collect(TimeSpan now, List<Quote> changes);

    /// <summary>Adds the seconds in which trades have become known by the last <see cref="Collect"/>. Called after each.</summary>
    /// <param name="seconds">The list to add to.</param>
    void CollectTrades(List<TradedSecond> seconds);
}
