using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Consolidation;
using OrleansTicker.Grains.Prices.Seconds;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>
/// One pass through the recordings. Their messages are merged by the times of their receipt, and the time that they took is cut into turns.
/// No clock is read, so every pass gives the same.
/// </summary>
internal sealed class ReplayPass : IDisposable
{
    /// <summary>
    /// How much recorded time is looked at together. A turn may be longer if the speed is high; the trades of its first seconds would be
    /// forgotten before its end.
    /// </summary>
    private static readonly TimeSpan MaxLook = CountedSeconds.Kept / 2;

    private readonly IQuoteMaker _maker;
    private readonly TimeSpan _turnLength;
    private readonly TimeSpan _maxGap;
    private readonly List<Quote> _changes = [];
    private readonly List<TradedSecond> _seconds = [];
    private TimeSpan _lookedAt;
    private int _looks;
    private bool _hasPrice;

    /// <param name="options">The recordings.</param>
    /// <param name="consolidation">How one price is made of those of several exchanges; null for prices as one exchange says them.</param>
    /// <param name="turnLength">How much of the recorded time is played in a turn.</param>
    public ReplayPass(ReplayOptions options, ConsolidationOptions? consolidation, TimeSpan turnLength)
    {
        Tracks = [.. options.ToFiles().Select(file => new RecordingTrack(file, options.StartTogether, options.Loop))];
        _maker = consolidation is null ? new PlainQuotes(Tracks[0]) : new ConsolidatedQuotes(Tracks, consolidation);
        _turnLength = turnLength;
        _maxGap = options.MaxGap;
    }

    /// <summary>The recordings, in the order of their exchanges' names.</summary>
    public IReadOnlyList<RecordingTrack> Tracks { get; }

    /// <summary>Plays the recordings once.</summary>
    /// <returns>The turns, those in which nothing changes included; none if there are no messages.</returns>
    public async IAsyncEnumerable<ReplayTurn> PlayAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var track in Tracks)
        {
            await track.MoveNextAsync(cancellationToken);
        }

        var (now, turnEnd, previous) = (TimeSpan.Zero, _turnLength, FindNext()?.NextAt);
        while (FindNext() is { NextAt: { } at } track)
        {
            now += TimeSpan.FromTicks(Math.Min((at - previous!.Value).Ticks, _maxGap.Ticks));
            previous = at;
            for (; now >= turnEnd; turnEnd += _turnLength)
            {
                yield return EndTurn(turnEnd);
            }

            if (now - _lookedAt > MaxLook)
            {
                Look(now);
            }

            _hasPrice |= track.Read(now);
            await track.MoveNextAsync(cancellationToken);
        }

        if (previous is not null)
        {
            yield return EndTurn(now); // Nothing is recorded of the time after the last message, so nobody is silent in it.
        }
    }

    public void Dispose()
    {
        foreach (var track in Tracks)
        {
            track.Dispose();
        }
    }

    /// <summary>The recording whose message is due next. Of several, the one whose exchange's name comes first.</summary>
    private RecordingTrack? FindNext()
    {
        RecordingTrack? next = null;
        foreach (var track in Tracks)
        {
            next = track.NextAt is { } at && !(next?.NextAt <= at) ? track : next;
        }

        return next;
    }

    private void Look(TimeSpan now)
    {
        _maker.Collect(now, _changes);
        _maker.CollectTrades(_seconds);
        (_lookedAt, _looks) = (now, _looks + 1);
    }

    private ReplayTurn EndTurn(TimeSpan now)
    {
        Look(now);
        var turn = new ReplayTurn(ToNewest(_changes, quote => quote.Symbol))
        {
            Seconds = ToNewest(_seconds, second => (second.Symbol, second.Trades.Second)),
            HasPrice = _hasPrice,
            Statuses = _maker.Statuses,
        };
        _changes.Clear();
        _seconds.Clear();
        (_looks, _hasPrice) = (0, false);
        return turn;
    }

    /// <summary>Of what several looks have found, the last counts.</summary>
    private ImmutableArray<T> ToNewest<T, TKey>(List<T> found, Func<T, TKey> key) =>
        _looks == 1 ? [.. found] : [.. Enumerable.Reverse(found).DistinctBy(key).Reverse()];
}
