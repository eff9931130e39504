using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;

namespace OrleansTicker.Grains.Candles.Making;

/// <summary>
/// Makes candles of seconds from prices and trades, by the times at which they were made. What it makes does not depend on how they are cut into
/// turns, nor on their order as long as none is late. For one thread at a time.
/// </summary>
/// <param name="clock">The time of the market. The book tells it of events.</param>
/// <param name="isPricedByTrades">Whether the candles of a symbol are made of trades alone.</param>
/// <param name="watch">Is told what was dropped.</param>
internal sealed class CandleBook(MarketClock clock, Func<string, bool> isPricedByTrades, LateWatch watch)
{
    private readonly Dictionary<string, (SymbolSeconds Seconds, ShardBook Shard)> _symbols = new(StringComparer.Ordinal);
    private readonly ShardBook[] _shards = [.. Enumerable.Range(0, ICandleGrain.Shards).Select(_ => new ShardBook())];
    private int _numbers;

    /// <summary>A shard, by its number.</summary>
    public ShardBook ShardOf(int number) => _shards[number];

    /// <summary>Takes a quote that has changed. Where only figures beside the price have, it is nothing new.</summary>
    public void Take(Quote quote)
    {
        var (seconds, shard) = Find(quote.Symbol);
        if (seconds.IsPricedByTrades || seconds.IsSamePrice(quote, out var isFirst))
        {
            return;
        }

        if (!Plausible.IsTime(quote.Time))
        {
            NoteImplausible(quote.Symbol, quote.Time);
            return;
        }

        var isInTime = seconds.TakePrice(quote, shard.FinalBefore);
        if (isInTime)
        {
            shard.NoteChange(seconds);
        }

        // The first price of a symbol may be of any age, and a price becomes stale long after it was made: neither is late.
        if (quote.IsStale || isFirst ? isInTime && quote.Time.UtcTicks > clock.Now : true)
        {
            NoteEvent(seconds, quote.Symbol, quote.Time, isInTime);
        }
    }

    /// <summary>Takes what was traded in a second.</summary>
    public void Take(in TradedSecond traded)
    {
        if (!Plausible.IsTime(traded.Trades.Second))
        {
            NoteImplausible(traded.Symbol, traded.Trades.Second);
            return;
        }

        var (seconds, shard) = Find(traded.Symbol);
        var isInTime = seconds.TakeTrades(traded.Trades, shard.FinalBefore);
        if (isInTime)
        {
            shard.NoteChange(seconds);
        }

        if (seconds.IsPricedByTrades || !isInTime)
        {
            NoteEvent(seconds, traded.Symbol, traded.Trades.LastAt, isInTime);
        }
    }

    private void NoteEvent(SymbolSeconds seconds, string symbol, DateTimeOffset at, bool isInTime)
    {
        if (seconds.IsWitness)
        {
            clock.Observe(seconds.Number ??= _numbers++, at.UtcTicks);
        }

        if (!isInTime)
        {
            watch.NoteLate(symbol, at, clock.Now);
        }
    }

    /// <summary>Notes a time that cannot be. An unknown one, which is the default, is not worth telling.</summary>
    private void NoteImplausible(string symbol, DateTimeOffset at)
    {
        if (at > DateTimeOffset.UnixEpoch)
        {
            watch.NoteAhead(1);
        }
        else if (at != default)
        {
            watch.NoteLate(symbol, at, clock.Now);
        }
    }

    private (SymbolSeconds Seconds, ShardBook Shard) Find(string symbol)
    {
        if (!_symbols.TryGetValue(symbol, out var found))
        {
            found = (new SymbolSeconds(symbol, isPricedByTrades(symbol)), _shards[ICandleGrain.ShardOf(symbol)]);
            found.Shard.Add(found.Seconds);
            _symbols.Add(symbol, found);
        }

        return found;
    }
}
