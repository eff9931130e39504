using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Grains.Candles.Storing;

/// <summary>
/// Writes what the shards of this process have to the store, all of it in one transaction every second, and deletes what is no longer kept.
/// It runs on the thread pool, so that a store that hangs stops no grain. It outlives the silo: what the last batches bring is written too.
/// </summary>
internal sealed partial class HistoryWriter(
    IHistoryStore store,
    HistoryMetrics metrics,
    IOptions<HistoryOptions> options,
    TimeProvider time,
    ILogger<HistoryWriter> logger) : IHostedLifecycleService, IDisposable
{
    /// <summary>How often it writes. With the second until the ticker's next batch, this is what a crash of everything loses.</summary>
    public static readonly TimeSpan WriteInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long a shard that ends waits for its last write.</summary>
    private static readonly TimeSpan RemovalPatience = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait after a failure. A store that is back is caught up with after this time at most.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(16);

    /// <summary>How long the last write may take when the process stops.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How often old candles are deleted, and for how long at a time.</summary>
    public static readonly TimeSpan TrimInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestTrim = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<ShardCandles, bool> _shards = new(); // Whether it goes once it is written.
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;
    private bool _isPrepared;
    private volatile bool _isAway;
    private bool _hasToldLoss;

    /// <summary>Whether the last write has failed.</summary>
    public bool IsAway => _isAway;

    /// <summary>Writes this shard from now on.</summary>
    public void Add(ShardCandles shard) => _shards[shard] = false;

    /// <summary>Writes what is left of a shard whose grain ends, and forgets the shard as soon as that is done: later, if the store is away.</summary>
    public async Task RemoveAsync(ShardCandles shard, CancellationToken cancellationToken)
    {
        _shards[shard] = true;
        if (!_isAway)
        {
            using var deadline = new CancellationTokenSource(RemovalPatience, time);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            await WriteAsync(end.Token);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _work = Task.Run(() => RunAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Writes the last candles, after the silo has stopped.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        using var deadline = new CancellationTokenSource(StopTimeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await _work.WaitAsync(StopTimeout, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!await WriteAsync(end.Token) && _shards.Keys.Sum(shard => shard.FindUnwritten()?.Candles.Length ?? 0) is > 0 and var left)
        {
            LogLeft(left);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _stopping.Dispose();
        _writing.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        var delay = TimeSpan.Zero;
        var trimmedAt = time.GetTimestamp();
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(delay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stopping.IsCancellationRequested)
            {
                var begunAt = time.GetTimestamp();
                var isWritten = await WriteAsync(stopping);
                delay = isWritten ? Rest(time.GetElapsedTime(begunAt)) : Longer(delay);
                if (isWritten && time.GetElapsedTime(trimmedAt) >= TrimInterval)
                {
                    trimmedAt = time.GetTimestamp();
                    await TryAsync(() => TrimAsync(stopping), stopping);
                }
            }
        }
    }

    /// <summary>What is left of the interval after a write that took so long.</summary>
    private static TimeSpan Rest(TimeSpan taken) => taken < WriteInterval ? WriteInterval - taken : TimeSpan.Zero;

    private static TimeSpan Longer(TimeSpan delay) =>
        delay >= LongestDelay / 2 ? LongestDelay : delay < WriteInterval ? WriteInterval : delay * 2;

    /// <summary>Writes what all shards have now.</summary>
    /// <returns>Whether that was possible.</returns>
    private async Task<bool> WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _writing.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        try
        {
            return await TryAsync(() => WriteOnceAsync(cancellationToken), cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task WriteOnceAsync(CancellationToken cancellationToken)
    {
        if (!_isPrepared)
        {
            await store.PrepareAsync(cancellationToken);
            _isPrepared = true;
        }

        foreach (var shard in _shards.Keys.Where(shard => shard is { IsLoaded: true, Claim: null, IsTakenOver: false }))
        {
            await ClaimLateAsync(shard, cancellationToken);
        }

        var leaving = _shards.Where(shard => shard.Value).Select(shard => shard.Key).ToList();
        var writes = _shards.Keys.Select(shard => (Shard: shard, Write: shard.FindUnwritten())).Where(shard => shard.Write is not null).ToList();
        metrics.NoteUnwritten(writes.Sum(shard => shard.Write!.Candles.Length));
        if (writes.Count > 0)
        {
            var refused = await store.WriteAsync([.. writes.Select(shard => shard.Write!)], cancellationToken);
            foreach (var (shard, write) in writes)
            {
                if (refused.Contains(write))
                {
                    shard.NoteTakenOver();
                }
                else
                {
                    shard.NoteStored(write!);
                }
            }
        }

        leaving.ForEach(shard => _shards.TryRemove(shard, out _));
        metrics.NoteWritten();
    }

    /// <summary>Claims a shard that could only be read when it was loaded.</summary>
    private async Task ClaimLateAsync(ShardCandles shard, CancellationToken cancellationToken)
    {
        var claim = await store.ClaimAsync(shard.Shard, cancellationToken);
        var never = DateTimeOffset.MaxValue;
        if ((await store.LoadAsync(shard.Shard, never, never, never, never, cancellationToken)).Position == shard.StoredWhenLoaded)
        {
            shard.Claim = claim;
        }
        else
        {
            shard.NoteTakenOver();
        }
    }

    /// <summary>Deletes what is older than it is kept, by the time of the market, but never by a market that is ahead of the clock.</summary>
    private async Task TrimAsync(CancellationToken cancellationToken)
    {
        var market = _shards.Keys.MaxBy(shard => shard.Receipt.Taken)?.FinalBefore ?? default; // Others may be of a market before.
        var now = market < time.GetUtcNow() ? market : time.GetUtcNow();
        var limits = CandleIntervals.Kept
            .Where(interval => options.Value.KeepFor(interval) is { } kept && now > DateTimeOffset.UnixEpoch + kept)
            .ToDictionary(interval => interval, interval => now - options.Value.KeepFor(interval)!.Value);
        var since = time.GetTimestamp();
        while (limits.Count > 0 && await store.TrimAsync(limits, cancellationToken) && time.GetElapsedTime(since) < LongestTrim)
        {
        }
    }

    private async Task<bool> TryAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            if (_isAway)
            {
                LogBack(store.Location);
            }

            _isAway = _hasToldLoss = false;
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e)
        {
            // Whatever is wrong with the store: it is tried again, and the candles stay in memory meanwhile.
            NoteAway(e);
            return false;
        }
    }

    private void NoteAway(Exception fault)
    {
        if (!_isAway)
        {
            _isAway = true;
            LogAway(store.Location, fault is HistoryUnavailableException ? fault.Message : fault.ToString());
        }

        if (!_hasToldLoss && _shards.Keys.Any(shard => shard.HasLoss))
        {
            _hasToldLoss = true;
            LogLoss(store.Location);
        }
    }

    [LoggerMessage(1040, LogLevel.Warning, "Candles can't be stored in {Location}; they stay in memory and are stored later, and prices are not affected. {Cause}")]
    private partial void LogAway(string location, string cause);

    [LoggerMessage(1041, LogLevel.Information, "Candles are stored in {Location} again, those of the time in between too")]
    private partial void LogBack(string location);

    [LoggerMessage(1042, LogLevel.Warning, "{Location} has been away for so long that the oldest candles are given up: those of seconds after ten minutes, those of minutes after a day")]
    private partial void LogLoss(string location);

    [LoggerMessage(1043, LogLevel.Warning, "{Candles} candles could not be stored before the end, and are lost")]
    private partial void LogLeft(int candles);
}
