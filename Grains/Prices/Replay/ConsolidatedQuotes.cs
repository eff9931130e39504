using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Consolidation;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>
/// The quotes of several exchanges: one price of theirs, such as <c>BTC-USD</c>, and what each says, such as <c>coinbase:BTC-USD</c>. Silence
/// and age are measured in the time that is played.
/// </summary>
internal sealed class ConsolidatedQuotes(IReadOnlyList<RecordingTrack> tracks, ConsolidationOptions options) : IQuoteMaker
{
    /// <summary>A pass is one life of each feed.</summary>
    private static readonly Guid Life = Guid.Empty;

    private readonly Consolidator _consolidator = new(options, countsFromZero: true);
    private readonly List<ExchangeQuote> _said = [];
    private int _toldChanges = -1;

    public ImmutableArray<FeedStatus> Statuses { get; private set; } = [];

    public void Collect(TimeSpan now, List<Quote> changes)
    {
        foreach (var track in tracks)
        {
            Enter(track, now);
        }

        _consolidator.Collect(now, changes);
        if (_consolidator.LivenessChanges != _toldChanges)
        {
            _toldChanges = _consolidator.LivenessChanges;
            Statuses = [.. tracks.Select(StatusOf)];
        }
    }

    public void CollectTrades(List<TradedSecond> seconds) => _consolidator.CollectTrades(seconds);

    private void Enter(RecordingTrack track, TimeSpan now)
    {
        var exchange = track.File.Exchange.Name;
        _said.Clear();
        track.Collect(now, _said);
        foreach (var quote in _said)
        {
            _consolidator.Update(exchange, Life, quote, now);
        }

        if (track.HeardAt is { } heardAt)
        {
            _consolidator.Hear(exchange, heardAt);
        }
    }

    private FeedStatus StatusOf(RecordingTrack track)
    {
        var isLive = _consolidator.IsLive(track.File.Exchange.Name);
        return new FeedStatus(track.File.Exchange.Name.ToLowerInvariant(), isLive, isLive ? null : CauseOf(track));
    }

    private static string CauseOf(RecordingTrack track) =>
        track.HeardAt is null ? ReplayTurn.NotBegun
        : track.NextAt is null ? "its recording has been played to its end"
        : "it is silent in its recording";
}
