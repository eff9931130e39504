using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>
/// Plays recordings, one recorded turn in each turn of the ticker. They are read ahead in the background. A turn that is not ready in time is
/// not skipped but comes later, so the ticks of two replays are the same, however busy the machine is.
/// </summary>
internal sealed class ReplaySource : IPriceSource
{
    /// <summary>How far ahead the recordings are read, at most <see cref="MaxTurns"/>.</summary>
    private static readonly TimeSpan ReadAhead = TimeSpan.FromSeconds(1);

    /// <summary>How many turns are kept, changes included.</summary>
    private const int MaxTurns = 64;

    private readonly ReplayTurns _turns;
    private readonly TimeProvider _time;
    private readonly BackgroundWork _work;
    private readonly Channel<ReplayTurn> _ahead;
    private ReplayTurn _current;
    private ImmutableArray<TradedSecond> _seconds = [];
    private long _pricedAt;

    public ReplaySource(ReplayTurns turns, TimeProvider time, ILogger<ReplaySource> logger)
    {
        _turns = turns;
        _time = time;
        _work = new BackgroundWork("The replay", time, logger);
        _ahead = Channel.CreateBounded<ReplayTurn>((int)Math.Clamp(ReadAhead / turns.Interval, 1, MaxTurns));
        _current = turns.BeforeFirst;
        _pricedAt = time.GetTimestamp();
    }

    public PriceSilence Silence => new(_time.GetElapsedTime(_pricedAt), _work.HasFaulted ? "the replay ended on a fault" : _current.Cause);

    /// <summary>Which exchanges are live in the current turn; the same array as long as none comes or goes. Empty for a single recording.</summary>
    public ImmutableArray<FeedStatus> Statuses => _current.Statuses;

    public void Start() => _work.Start(ReadAheadAsync);

    public void Collect(List<Quote> changes)
    {
        _seconds = [];
        if (!_ahead.Reader.TryRead(out var turn))
        {
            return;
        }

        _pricedAt = turn.HasPrice ? _time.GetTimestamp() : _pricedAt;
        _current = turn.Statuses.SequenceEqual(Statuses) ? turn with { Statuses = Statuses } : turn;
        _seconds = turn.Seconds;
        changes.AddRange(turn.Changes);
    }

    public bool IsPricedByTrades(string symbol) => true;

    public void CollectTrades(List<TradedSecond> seconds)
    {
        seconds.AddRange(_seconds);
        _seconds = [];
    }

    public ValueTask DisposeAsync() => _work.DisposeAsync();

    private async Task ReadAheadAsync(CancellationToken cancellationToken)
    {
        await foreach (var turn in _turns.PlayAsync(cancellationToken))
        {
            await _ahead.Writer.WriteAsync(turn, cancellationToken);
        }
    }
}
