using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Market;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>The replay of a market of several exchanges, which also says which of them are live. It has no feeds to attach to.</summary>
/// <param name="replay">The replay.</param>
/// <param name="exchanges">The exchanges, in the order of their statuses.</param>
internal sealed class MarketReplay(ReplaySource replay, IEnumerable<string> exchanges) : IPriceSource, IFeedsSource
{
    public ImmutableArray<FeedStatus>? Statuses => replay.Statuses;

    public PriceSilence Silence => replay.Silence;

    public void Start() => replay.Start();

    public void Collect(List<Quote> changes) => replay.Collect(changes);

    public bool IsPricedByTrades(string symbol) => SymbolNames.IsOfOneExchange(symbol);

    public void CollectTrades(List<TradedSecond> seconds) => replay.CollectTrades(seconds);

    public void Attach(long epoch, TimeSpan turnInterval, TimeSpan nextTurnIn)
    {
    }

    public void Take(FeedUpdate update)
    {
    }

    public ImmutableArray<FeedReport> Report() => [.. exchanges.Zip(replay.Statuses, (exchange, status) => new FeedReport
    {
        Exchange = exchange,
        IsLive = status.IsLive,
        Situation = status.Cause ?? "its recording is being played",
    })];

    public ValueTask DisposeAsync() => replay.DisposeAsync();
}
