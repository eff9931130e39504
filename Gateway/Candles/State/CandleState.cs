using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Candles.State;

/// <summary>
/// The newest candles of a series: those that are closed, as many as are kept, and those that are not. Immutable, so any thread may read it for
/// as long as it likes. What is closed once stays as it is, and later ones only follow it.
/// </summary>
internal sealed class CandleState
{
    /// <summary>
    /// How many candles that are not closed are kept. There are more only if the shard closes none: then the oldest ones have to be read.
    /// </summary>
    internal const int MostRunning = 1024;

    /// <summary>How far back a shard may go after it has lost its silo. If it goes back further, its market has begun anew in the past.</summary>
    private static readonly TimeSpan LongestStepBack = TimeSpan.FromMinutes(1);

    private readonly CandleInterval _interval;
    private readonly ClosedCandles _closed;
    private readonly ImmutableArray<KnownCandle> _running; // In the order of time, all at or after ClosedEnd.

    private CandleState(
        CandleInterval interval, ClosedCandles closed, ImmutableArray<KnownCandle> running, DateTimeOffset keptFrom, DateTimeOffset finalBefore, long revision)
    {
        _interval = interval;
        _closed = closed;
        _running = running;
        KeptFrom = keptFrom;
        FinalBefore = finalBefore;
        Revision = revision;
        ClosedEnd = closed.Count == 0 ? keptFrom : closed[closed.Count - 1].OpenTime + interval.Length();
    }

    /// <summary>Grows with everything that there is to tell.</summary>
    public long Revision { get; }

    /// <summary>Every closed candle that opens at this time or later is here.</summary>
    public DateTimeOffset KeptFrom { get; }

    /// <summary>When the last closed candle ends: later ones are not closed.</summary>
    public DateTimeOffset ClosedEnd { get; }

    /// <summary>Candles that end at this time or earlier are closed, as the shard last said.</summary>
    public DateTimeOffset FinalBefore { get; }

    /// <summary>The state of which nothing is known yet.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="capacity">How many closed candles are kept.</param>
    public static CandleState Nothing(CandleInterval interval, int capacity) => new(interval, new(capacity), [], DateTimeOffset.MinValue, default, 0);

    /// <summary>The state after candles have changed.</summary>
    /// <param name="changed">All that have changed, as they are now.</param>
    /// <param name="finalBefore">See <see cref="FinalBefore"/>.</param>
    public CandleState Apply(IEnumerable<Candle> changed, DateTimeOffset finalBefore)
    {
        var running = _running.ToDictionary(known => known.Candle.OpenTime);
        foreach (var candle in changed)
        {
            running[candle.OpenTime] = Known(running, candle);
        }

        return Next(_closed, KeptFrom, running.Values, finalBefore);
    }

    /// <summary>
    /// The state after the newest candles have been read. Closed ones that it has and the page has not are kept if the page begins before their
    /// end; otherwise there may be others between, and they are forgotten.
    /// </summary>
    public CandleState Read(CandlePage page)
    {
        if (page.FinalBefore + LongestStepBack < FinalBefore)
        {
            return new CandleState(_interval, _closed.Clear(), [], DateTimeOffset.MinValue, default, Revision + 1).Read(page);
        }

        var before = _running.ToDictionary(known => known.Candle.OpenTime);
        var first = page.Candles.IsEmpty ? _interval.OpenTimeAt(page.FinalBefore) : page.Candles[0].OpenTime;
        var isConnected = !page.HasMore || first <= ClosedEnd;
        return Next(
            isConnected ? _closed : _closed.Clear(),
            isConnected ? KeptFrom : first,
            page.Candles.Select(candle => Known(before, candle)),
            page.FinalBefore);
    }

    /// <summary>Finds what to tell next to somebody at a place.</summary>
    /// <param name="place">How far they have come.</param>
    /// <param name="most">How many candles to tell at once.</param>
    /// <param name="news">Takes the candles, in the order of time: the closed ones, then the others that are new.</param>
    /// <returns>How far they have come with that; null if closed candles are missing here, which have to be read first.</returns>
    public CandlePlace? Tell(CandlePlace place, int most, List<KnownCandle> news)
    {
        if (place.ClosedBefore < KeptFrom)
        {
            return null;
        }

        for (var index = _closed.IndexOf(place.ClosedBefore); index < _closed.Count; index++)
        {
            if (news.Count == most)
            {
                return place with { ClosedBefore = _closed[index].OpenTime };
            }

            news.Add(new KnownCandle(_closed[index], IsClosed: true, Revision));
        }

        news.AddRange(_running.Where(known => known.Revision > place.Revision && known.Candle.OpenTime >= place.ClosedBefore));
        return new CandlePlace(place.ClosedBefore > ClosedEnd ? place.ClosedBefore : ClosedEnd, Revision);
    }

    private KnownCandle Known(Dictionary<DateTimeOffset, KnownCandle> before, Candle candle) =>
        before.TryGetValue(candle.OpenTime, out var known) && known.Candle == candle ? known : new KnownCandle(candle, IsClosed: false, Revision + 1);

    private CandleState Next(ClosedCandles closed, DateTimeOffset keptFrom, IEnumerable<KnownCandle> open, DateTimeOffset finalBefore)
    {
        var closedEnd = closed.Count == 0 ? keptFrom : ClosedEnd;
        var running = ImmutableArray.CreateBuilder<KnownCandle>(_running.Length + 1);
        var isNew = closed != _closed;
        foreach (var known in open.Where(known => known.Candle.OpenTime >= closedEnd).OrderBy(known => known.Candle.OpenTime))
        {
            if (known.Candle.OpenTime + _interval.Length() > finalBefore)
            {
                running.Add(known);
                isNew |= known.Revision > Revision;
                continue;
            }

            var drops = closed.IsFull;
            closed = closed.Add(known.Candle);
            keptFrom = drops ? closed[0].OpenTime : keptFrom;
            isNew = true;
        }

        if (running.Count > MostRunning)
        {
            running.RemoveRange(0, running.Count - MostRunning);
            (closed, keptFrom) = (closed.Clear(), running[0].Candle.OpenTime);
        }

        return new CandleState(_interval, closed, running.DrainToImmutable(), keptFrom, finalBefore, isNew ? Revision + 1 : Revision);
    }
}
