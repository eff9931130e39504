using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.History;

/// <summary>Keeps nothing: what is written is gone.</summary>
internal sealed class NoHistory : IHistoryStore
{
    /// <inheritdoc/>
    public string Location => "nowhere";

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<ShardHistory> LoadAsync(
        int shard, DateTimeOffset secondsFrom, DateTimeOffset minutesFrom, DateTimeOffset hoursFrom, DateTimeOffset madeUntil, CancellationToken cancellationToken) =>
        Task.FromResult(new ShardHistory(default, default, [], []));

    /// <inheritdoc/>
    public Task<long> ClaimAsync(int shard, CancellationToken cancellationToken) => Task.FromResult(0L);

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<ShardWrite>> WriteAsync(IReadOnlyCollection<ShardWrite> writes, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyCollection<ShardWrite>>([]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Candle>> ReadAsync(
        string symbol, CandleInterval interval, TimeRange range, int limit, bool isNewest, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Candle>>([]);

    /// <inheritdoc/>
    public IAsyncEnumerable<SymbolCandle> ReadAllAsync(CandleInterval interval, TimeRange? range, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<SymbolCandle>();

    /// <inheritdoc/>
    public Task<bool> TrimAsync(IReadOnlyDictionary<CandleInterval, DateTimeOffset> limits, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    /// <inheritdoc/>
    public Task<HistoryStats> GetStatsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new HistoryStats(0, 0, [.. CandleIntervals.Kept.Select(interval => new IntervalStats(interval, 0, null, null))]));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
