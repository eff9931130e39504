using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Placement;
using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Grains.Candles.Shards;

/// <summary>A shard of candles. All it knows is in <see cref="ShardCandles"/>, which calls that interleave use one at a time.</summary>
/// <remarks>Placed at random: by default all shards would be placed beside the ticker that calls them.</remarks>
[KeepAlive, RandomPlacement, Immovable]
internal sealed class CandleGrain : Grain, ICandleGrain
{
    /// <summary>How many calls may wait for changes at once. Each gateway that lives has one.</summary>
    internal const int MaxWaiters = 1_000;

    private readonly ShardCandles _candles = new();
    private readonly CandlePages _pages;
    private readonly TimeProvider _time;
    private int _waiters;

    public CandleGrain(IServiceProvider services, IOptions<HistoryOptions> options, TimeProvider time)
    {
        _pages = new CandlePages(_candles, services.GetService<IHistoryStore>(), options.Value);
        _time = time;
    }

    private int Shard => (int)this.GetPrimaryKeyLong();

    public Task<CandleReceipt> AppendAsync(ImmutableArray<CandleBatch> batches)
    {
        var taken = _candles.Append(batches);
        return Task.FromResult(new CandleReceipt(taken, taken));
    }

    public Task<CandlePage> ReadAsync(CandleQuery query)
    {
        CheckSymbol(query.Symbol);
        return _pages.ReadAsync(query, CancellationToken.None);
    }

    public async Task<CandleUpdate> WatchAsync(ImmutableArray<CandleSeries> series, CandlePosition after)
    {
        foreach (var one in series)
        {
            CheckSymbol(one.Symbol);
        }

        if (_waiters >= MaxWaiters)
        {
            throw new InvalidOperationException($"{MaxWaiters} calls wait for the candles of shard {Shard} already.");
        }

        _waiters++;
        try
        {
            await _candles.WaitAsync(after).WaitAsync(ICandleGrain.WatchTimeout, _time);
        }
        catch (TimeoutException)
        {
            // Nothing has changed; the update says so.
        }
        finally
        {
            _waiters--;
        }

        return _candles.ChangedAfter(series, after);
    }

    public Task<ImmutableArray<SymbolDay>> GetDaysAsync() => Task.FromResult<ImmutableArray<SymbolDay>>([]);

    private void CheckSymbol(string symbol)
    {
        if (ICandleGrain.ShardOf(symbol) != Shard)
        {
            throw new ArgumentException($"{symbol} belongs to shard {ICandleGrain.ShardOf(symbol)}, not {Shard}.", nameof(symbol));
        }
    }
}
