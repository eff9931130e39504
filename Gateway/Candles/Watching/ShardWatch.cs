using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Candles.Watching;

/// <summary>
/// Watches those series of one shard that somebody wants, with one call at a time, and makes none if there are none. A series is read first,
/// and again whenever the shard can't tell what has changed or has lost its silo. Any thread may call it.
/// </summary>
/// <param name="shard">The shard's number.</param>
/// <param name="keep">For how much time closed candles are kept.</param>
/// <param name="link">Reads the shard.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The feed's logger.</param>
/// <param name="stopping">Is cancelled when the gateway stops.</param>
internal sealed partial class ShardWatch(
    int shard, TimeSpan keep, ShardLink link, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    /// <summary>How long a series is watched after nobody wants it any more.</summary>
    internal static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);

    /// <summary>The pause after a call that failed, or that returned at once with nothing.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>How often that pause doubles if the shard has to be read again and again.</summary>
    private const int MostDoublings = 5;

    /// <summary>The least and the most closed candles that are kept of a series.</summary>
    private const int LeastKept = 64;
    private const int MostKept = 4096;

    private readonly Lock _changing = new();
    private readonly Dictionary<CandleSeries, WatchedSeries> _series = [];
    private bool _isRunning;
    private int _rereads; // In a row: while its store is away, a shard that has lost its silo can't tell much.
    private bool _hasFailed; // Each failure is logged once, until it is over.

    /// <summary>How many series it has.</summary>
    public int Count
    {
        get
        {
            lock (_changing)
            {
                return _series.Count;
            }
        }
    }

    /// <summary>See <see cref="ICandleFeed.Acquire"/>.</summary>
    public WatchedSeries Acquire(CandleSeries series)
    {
        lock (_changing)
        {
            if (!_series.TryGetValue(series, out var watched))
            {
                var kept = Math.Clamp((int)(keep / series.Interval.Length()), LeastKept, MostKept);
                _series.Add(series, watched = new WatchedSeries(series, kept));
                _ = Task.Run(() => ReadAsync(watched), CancellationToken.None);
            }

            watched.Users++;
            return watched;
        }
    }

    /// <summary>See <see cref="ICandleFeed.Release"/>.</summary>
    public void Release(WatchedSeries series)
    {
        lock (_changing)
        {
            series.Users--;
            series.UnusedSince = time.GetTimestamp();
        }
    }

    private async Task ReadAsync(WatchedSeries series)
    {
        while (!stopping.IsCancellationRequested && !IsDropped(series))
        {
            try
            {
                series.Read(await link.ReadNewestAsync(series.Series, series.Capacity, stopping));
                StartWatching(series);
                return;
            }
            catch (Exception e)
            {
                await FailAsync(e);
            }
        }
    }

    private void StartWatching(WatchedSeries series)
    {
        lock (_changing)
        {
            series.IsWatched = true;
            if (!_isRunning)
            {
                _isRunning = true;
                _ = Task.Run(WatchAsync, CancellationToken.None);
            }
        }
    }

    private async Task WatchAsync()
    {
        while (TakeWatched() is { Length: > 0 } watched)
        {
            try
            {
                await WatchAsync(watched);
                _hasFailed = false;
            }
            catch (Exception e)
            {
                await FailAsync(e);
            }
        }
    }

    private async Task WatchAsync(WatchedSeries[] watched)
    {
        var after = watched.Min(series => series.At);
        var since = time.GetTimestamp();
        var update = await link.WatchAsync(shard, [.. watched.Select(series => series.Series)], after, stopping);

        // A later life of the ticker, or of the shard, may not have what the one before had told.
        if (!update.IsComplete || update.At < after || (update.At.Epoch != after.Epoch && after != default))
        {
            await Task.Delay(Pause * (1 << Math.Min(_rereads++, MostDoublings)), time, stopping);
            foreach (var series in watched)
            {
                series.IsWatched = false;
                _ = ReadAsync(series);
            }

            return;
        }

        _rereads = 0;
        var changed = update.Changed.ToLookup(candle => new CandleSeries(candle.Symbol, candle.Interval), candle => candle.Candle);
        foreach (var series in watched)
        {
            series.Apply(changed[series.Series], update);
        }

        if (update.At == after && time.GetElapsedTime(since) < Pause)
        {
            await Task.Delay(Pause, time, stopping);
        }
    }

    /// <summary>Drops what nobody wants any more, and takes what is watched. If that is nothing, the watch has ended.</summary>
    private WatchedSeries[] TakeWatched()
    {
        lock (_changing)
        {
            foreach (var unused in _series.Values.Where(IsUnused).ToList())
            {
                _series.Remove(unused.Series);
            }

            var watched = stopping.IsCancellationRequested ? [] : _series.Values.Where(series => series.IsWatched).ToArray();
            _isRunning = watched.Length > 0;
            return watched;
        }
    }

    private bool IsDropped(WatchedSeries series)
    {
        lock (_changing)
        {
            if (IsUnused(series))
            {
                _series.Remove(series.Series);
            }

            return !_series.ContainsKey(series.Series);
        }
    }

    private bool IsUnused(WatchedSeries series) => series.Users == 0 && time.GetElapsedTime(series.UnusedSince) >= Linger;

    private async Task FailAsync(Exception failure)
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }

        if (!_hasFailed)
        {
            _hasFailed = true;
            LogFailed(shard, failure.Message);
        }

        await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(3020, LogLevel.Warning, "The candles of shard {Shard} can't be watched; trying on: {Cause}")]
    private partial void LogFailed(int shard, string cause);
}
