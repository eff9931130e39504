using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Api.Tickers;

/// <summary>
/// The newest <see cref="TickerList"/> for each set of symbols that somebody may see. A list is made anew when it is asked for and the market
/// has changed, but at most every <see cref="MinAge"/>, so that a market that changes a hundred times a second does not make each request cost
/// as much as the market is large. Any thread may call it.
/// </summary>
internal sealed class TickerLists(DayFigures days, TimeProvider time)
{
    /// <summary>How old a list has to be before it is made anew.</summary>
    internal static readonly TimeSpan MinAge = TimeSpan.FromMilliseconds(100);

    private readonly ConditionalWeakTable<VisibleSet, ConcurrentDictionary<string, Slot>> _slots = [];

    /// <summary>The list of what may be seen: of the whole market, or of one exchange.</summary>
    /// <param name="market">The market.</param>
    /// <param name="visible">What may be seen.</param>
    /// <param name="exchange">The exchange; empty for the whole market. It has to exist, since a list is kept for each.</param>
    public async ValueTask<TickerList> GetAsync(MarketState market, VisibleSet visible, string exchange)
    {
        var figures = await days.GetAsync();
        var slot = _slots.GetOrCreateValue(visible).GetOrAdd(exchange, static _ => new Slot());
        if (slot.Newest is not { } newest)
        {
            return await slot.GetFirstAsync(Make);
        }

        if ((newest.Market == market && newest.Days == figures) || time.GetElapsedTime(slot.MadeAt) < MinAge || !slot.TryBegin())
        {
            return newest; // Somebody else makes a newer one at this moment.
        }

        try
        {
            return Make();
        }
        finally
        {
            slot.End();
        }

        TickerList Make()
        {
            var list = new TickerList(market, figures, exchange.Length == 0 ? visible.WholeMarket : [.. visible.OfExchange(exchange)]);
            slot.Replace(list, time.GetTimestamp());
            return list;
        }
    }

    private sealed class Slot
    {
        private readonly Lock _beginning = new();
        private Task<TickerList>? _first;
        private long _madeAt;
        private int _isBeingMade;
        private TickerList? _newest;

        public TickerList? Newest => Volatile.Read(ref _newest);

        public long MadeAt => Volatile.Read(ref _madeAt);

        /// <summary>The first list, which one makes and all others wait for.</summary>
        public Task<TickerList> GetFirstAsync(Func<TickerList> make)
        {
            lock (_beginning)
            {
                return Newest is { } newest ? Task.FromResult(newest)
                    : _first = _first is null or { IsFaulted: true } ? Task.Run(make) : _first;
            }
        }

        public bool TryBegin() => Interlocked.Exchange(ref _isBeingMade, 1) == 0;

        public void End() => Volatile.Write(ref _isBeingMade, 0);

        public void Replace(TickerList list, long at)
        {
            Volatile.Write(ref _madeAt, at);
            Volatile.Write(ref _newest, list);
            lock (_beginning)
            {
                _first = null;
            }
        }
    }
}
