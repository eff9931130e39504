using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Tests.Grains.Candles;

/// <summary>A store in memory, which can be away. It outlives the silos that use it.</summary>
internal sealed class MemoryHistory : IHistoryStore
{
    private readonly Lock _using = new();
    private readonly Dictionary<int, ShardWrite> _shards = [];
    private readonly Dictionary<int, long> _claims = [];
    private readonly SortedDictionary<(string Symbol, CandleInterval Interval, DateTimeOffset OpenTime), Candle> _candles = [];
    private readonly ConcurrentQueue<IReadOnlyDictionary<CandleInterval, DateTimeOffset>> _trims = new();

    public string Location => "a test";

    /// <summary>Whether nothing can be read or written.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether it can be read only.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>Whether shards can't be loaded, though all else goes well.</summary>
    public bool IsDamaged { get; set; }

    /// <summary>How often it was written, or was to be.</summary>
    public int Writes { get; private set; }

    /// <summary>How often candles of a symbol were read.</summary>
    public int Reads { get; private set; }

    /// <summary>How many candles of a symbol were asked for at once, at most.</summary>
    public int LongestRead { get; private set; }

    /// <summary>What was to be deleted.</summary>
    public IEnumerable<IReadOnlyDictionary<CandleInterval, DateTimeOffset>> Trims => _trims;

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.FromResult(Use(() => true));

    public Task<ShardHistory> LoadAsync(
        int shard, DateTimeOffset secondsFrom, DateTimeOffset minutesFrom, DateTimeOffset hoursFrom, DateTimeOffset madeUntil, CancellationToken cancellationToken) => Task.FromResult(Use(() =>
        {
            if (IsDamaged)
            {
                throw new HistoryUnavailableException("The test has damaged it.");
            }

            var known = _shards.GetValueOrDefault(shard) ?? new ShardWrite(shard, default, default, [], []);
            var candles = _candles.Where(candle => ICandleGrain.ShardOf(candle.Key.Symbol) == shard && candle.Key.OpenTime >= candle.Key.Interval switch
            {
                CandleInterval.Second => secondsFrom,
                CandleInterval.Minute => minutesFrom,
                CandleInterval.Hour => hoursFrom,
                _ => DateTimeOffset.MaxValue,
            } && (candle.Key.OpenTime < madeUntil || candle.Value.ChangedAt.Epoch == 0));
            return new ShardHistory(
                known.Position, known.FinalBefore, known.Covered, [.. candles.Select(candle => new SymbolCandle(candle.Key.Symbol, candle.Key.Interval, candle.Value))]);
        }));

    public Task<long> ClaimAsync(int shard, CancellationToken cancellationToken) =>
        Task.FromResult(Use(() => IsReadOnly
            ? throw new HistoryUnavailableException("The test has made it read-only.")
            : _claims[shard] = _claims.GetValueOrDefault(shard) + 1));

    public Task<IReadOnlyCollection<ShardWrite>> WriteAsync(IReadOnlyCollection<ShardWrite> writes, CancellationToken cancellationToken)
    {
        Writes++;
        return Task.FromResult(Use<IReadOnlyCollection<ShardWrite>>(() =>
        {
            var refused = writes.Where(write => write.Claim != 0 && write.Claim != _claims[write.Shard]).ToList();
            foreach (var write in writes.Except(refused))
            {
                var known = _shards.GetValueOrDefault(write.Shard);
                var covered = new Coverage();
                foreach (var range in (known?.Covered ?? []).Concat(write.Covered))
                {
                    covered.Add(range);
                }

                _shards[write.Shard] = (known is null || write.Position > known.Position ? write : known) with { Covered = covered.Ranges, Candles = [] };
                foreach (var (symbol, interval, candle) in write.Candles)
                {
                    var key = (symbol, interval, candle.OpenTime);
                    _candles[key] = _candles.TryGetValue(key, out var other) && other.ChangedAt > candle.ChangedAt ? other : candle;
                }
            }

            return refused;
        }));
    }

    public Task<IReadOnlyList<Candle>> ReadAsync(
        string symbol, CandleInterval interval, TimeRange range, int limit, bool isNewest, CancellationToken cancellationToken) => Task.FromResult(Use<IReadOnlyList<Candle>>(() =>
        {
            Reads++;
            LongestRead = Math.Max(LongestRead, limit);
            var found = _candles
                .Where(candle => candle.Key.Symbol == symbol && candle.Key.Interval == interval && candle.Key.OpenTime >= range.From && candle.Key.OpenTime < range.To)
                .Select(candle => candle.Value);
            return [.. isNewest ? found.TakeLast(limit) : found.Take(limit)];
        }));

    public async IAsyncEnumerable<SymbolCandle> ReadAllAsync(
        CandleInterval interval, TimeRange? range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var candle in Use(() => _candles.Where(candle => candle.Key.Interval == interval).ToList()))
        {
            yield return new SymbolCandle(candle.Key.Symbol, interval, candle.Value);
        }
    }

    public Task<bool> TrimAsync(IReadOnlyDictionary<CandleInterval, DateTimeOffset> limits, CancellationToken cancellationToken)
    {
        _trims.Enqueue(limits);
        return Task.FromResult(Use(() => false));
    }

    public Task<HistoryStats> GetStatsAsync(CancellationToken cancellationToken) => Task.FromResult(new HistoryStats(0, 0, []));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private T Use<T>(Func<T> use)
    {
        lock (_using)
        {
            return IsAway ? throw new HistoryUnavailableException("The test has taken it away.") : use();
        }
    }
}
