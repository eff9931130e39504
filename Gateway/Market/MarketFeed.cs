using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Market;

/// <summary>
/// Keeps this gateway's market state up to date by reading the ticks that the ticker publishes. When a tick is missing, or none come,
/// it requests the whole market from the ticker.
/// </summary>
internal sealed partial class MarketFeed(
    IClusterClient cluster,
    ITickReader ticks,
    PriceHealth health,
    MarketMetrics metrics,
    TimeProvider time,
    ILogger<MarketFeed> logger) : BackgroundService, IMarketFeed
{
    /// <summary>After this long without a tick, something is broken: the ticker publishes at least every 200 ms.</summary>
    internal static readonly TimeSpan SilenceTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>How long startup waits for the first prices. After that, sessions are accepted without any.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for the market before requesting it again. A late answer is still used.</summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>The longest pause between two checks for silence.</summary>
    private static readonly TimeSpan CheckInterval = SilenceTimeout / 2;

    /// <summary>The longest pause between two requests for the market while no ticks come.</summary>
    private static readonly TimeSpan RequestInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause after a read that failed or returned nothing.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    // An answer may arrive at the same time as a tick.
    private readonly Lock _writing = new();
    private readonly TaskCompletionSource _firstMarket = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile MarketState _newest = MarketState.Empty;
    private volatile bool _hasReadFailed = true; // Before the first tick, a failure is not logged.
    private long _lastTick;

    public event Action? Changed;

    public MarketState Newest => _newest;

    private bool IsSilent => time.GetElapsedTime(Interlocked.Read(ref _lastTick)) > SilenceTimeout;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        try
        {
            await _firstMarket.Task.WaitAsync(StartTimeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogNoMarket(StartTimeout);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ReadTicksAsync(stoppingToken), RequestMarketWhileSilentAsync(stoppingToken));

    /// <summary>Takes ticks as they are published, and retries a read that fails.</summary>
    private async Task ReadTicksAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await ticks.FollowAsync(TryTake, stoppingToken))
                {
                    await TryRequestMarketAsync(LogLevel.Warning, stoppingToken);
                    continue;
                }

                var read = await ticks.ReadAsync(stoppingToken);
                foreach (var tick in read)
                {
                    if (!TryTake(tick))
                    {
                        // Nothing is read meanwhile; the ticker keeps the ticks that follow.
                        await TryRequestMarketAsync(LogLevel.Warning, stoppingToken);
                    }
                }

                if (!read.IsEmpty)
                {
                    continue;
                }
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (TimeoutException)
            {
                // Logged as silence.
            }
            catch (Exception e)
            {
                if (!_hasReadFailed)
                {
                    _hasReadFailed = true;
                    LogNoTicks(e.Message);
                }
            }

            await PauseAsync(RetryDelay, stoppingToken);
        }
    }

    private async Task RequestMarketWhileSilentAsync(CancellationToken stoppingToken)
    {
        var wasSilent = true; // Before the first tick, silence is not logged.
        while (!stoppingToken.IsCancellationRequested)
        {
            var isSilent = IsSilent;
            if (isSilent)
            {
                if (!wasSilent)
                {
                    LogSilent(SilenceTimeout);
                }

                await TryRequestMarketAsync(LogLevel.Debug, stoppingToken);
            }

            wasSilent = isSilent;
            health.Tell();
            await PauseAsync(isSilent ? RequestInterval : CheckInterval, stoppingToken);
        }
    }

    /// <summary>Waits with jitter, so that the gateways of a cluster do not all call a new ticker at once.</summary>
    private async Task PauseAsync(TimeSpan longest, CancellationToken stoppingToken) =>
        await Task.Delay(longest * (0.5 + (Random.Shared.NextDouble() * 0.5)), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Takes a tick. If the ticker is in this process, its turn waits for it.</summary>
    /// <returns>False if ticks are missing before it.</returns>
    private bool TryTake(Tick tick)
    {
        if (tick.Epoch >= _newest.At.Epoch)
        {
            Interlocked.Exchange(ref _lastTick, time.GetTimestamp()); // Ticks of a ticker that has been replaced do not count.
            health.TakeTick(tick.Outage);
        }

        var isApplied = TryApply(tick);
        _hasReadFailed = false;
        return isApplied;
    }

    /// <summary>Applies a tick if it is the next one.</summary>
    /// <returns>False if ticks are missing before it.</returns>
    private bool TryApply(Tick tick)
    {
        lock (_writing)
        {
            var at = new Cursor(tick.Epoch, tick.Seq);
            if (!at.IsAfter(_newest.At))
            {
                if (at == _newest.At && tick.Quotes.IsEmpty)
                {
                    PublishIfNew(_newest.With(tick.Feeds)); // Exchanges may come and go without a change of any quote.
                }

                return true; // Already known, or from a ticker that has been replaced.
            }

            if (tick.Epoch != _newest.At.Epoch || tick.Seq != _newest.At.Seq + 1 || tick.Quotes.IsEmpty)
            {
                return false;
            }

            Publish(_newest.Apply(tick));
        }

        metrics.Applied(tick, time.GetUtcNow());
        return true;
    }

    /// <summary>Requests the market and waits briefly for it. A late answer is still used.</summary>
    private async Task TryRequestMarketAsync(LogLevel level, CancellationToken cancellationToken)
    {
        var request = RequestMarketAsync();
        try
        {
            await request.WaitAsync(RequestTimeout, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        catch (Exception e)
        {
            request.Ignore();
            LogNoAnswer(level, e);
        }
    }

    private async Task RequestMarketAsync()
    {
        var before = _newest;
        var market = await cluster.GetGrain<ITickerGrain>(ITickerGrain.Key).GetMarketAsync(before.At.Epoch);
        lock (_writing)
        {
            var at = new Cursor(market.Epoch, market.Seq);
            if (at.IsAfter(_newest.At))
            {
                Publish(MarketState.From(market, _newest));
            }
            else if (at == _newest.At && ReferenceEquals(_newest.Origin, before.Origin))
            {
                // A tick without quotes may have been missed. If one came during the request, it may be newer than the answer.
                PublishIfNew(_newest.With(market.Feeds));
            }

            if (market.Epoch == _newest.At.Epoch)
            {
                health.TakeAnswer(market.Outage);
            }
        }
    }

    private void PublishIfNew(MarketState state)
    {
        if (state != _newest)
        {
            Publish(state);
        }
    }

    private void Publish(MarketState state)
    {
        _newest = state;
        _firstMarket.TrySetResult();
        Changed?.Invoke();
    }

    [LoggerMessage(3000, LogLevel.Warning, "No prices within {Wait} of the start; sessions will get them when they come")]
    private partial void LogNoMarket(TimeSpan wait);

    [LoggerMessage(3001, LogLevel.Warning, "No tick for {Silence}; asking the ticker instead")]
    private partial void LogSilent(TimeSpan silence);

    [LoggerMessage(EventId = 3004, Message = "The ticker does not hand out the market; asking again")]
    private partial void LogNoAnswer(LogLevel level, Exception e);

    [LoggerMessage(3002, LogLevel.Warning, "The ticks cannot be read; trying on: {Reason}")]
    private partial void LogNoTicks(string reason);
}
