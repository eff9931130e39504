using System.Diagnostics.Metrics;
using OrleansTicker.Gateway.Telemetry;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Market;

/// <summary>
/// Keeps this gateway's market state, for the whole process. It reads what the ticker publishes. Ticks that do not follow on what it
/// has make it ask the ticker for the market, and while no tick comes it asks again and again.
/// </summary>
internal sealed partial class MarketFeed(
    IClusterClient cluster,
    ITickReader ticks,
    PriceHealth health,
    TimeProvider time,
    IMeterFactory meters,
    ILogger<MarketFeed> logger) : BackgroundService, IMarketFeed
{
    /// <summary>The ticker speaks at least every 200 ms: after this long without a word, something is broken.</summary>
    internal static readonly TimeSpan LongestSilence = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the start waits for the first prices before sessions are let in without.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer is waited for before the question is asked again. One that comes later still counts.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMilliseconds(300);

    /// <summary>The longest pause between two looks at the ticks, between two questions while none come, and before a read that follows on a failure.</summary>
    private static readonly TimeSpan Look = LongestSilence / 2;
    private static readonly TimeSpan Question = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(50);

    private readonly Histogram<double> _delivery = meters.Create(GatewayMeter.Name)
        .CreateHistogram<double>("ticker.delivery", "ms", "From the ticker's publication of a tick to this gateway's market, by their clocks");

    // One writer at a time: an answer may come beside a tick.
    private readonly Lock _writing = new();
    private readonly TaskCompletionSource _firstMarket = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile MarketState _newest = MarketState.Empty;
    private long _lastTick;

    public event Action? Changed;

    public MarketState Newest => _newest;

    private bool IsSilent => time.GetElapsedTime(Interlocked.Read(ref _lastTick)) > LongestSilence;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        try
        {
            await _firstMarket.Task.WaitAsync(LongestStart, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogNoMarket(LongestStart);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ReadAsync(stoppingToken), WatchAsync(stoppingToken));

    /// <summary>Takes ticks as they come. A read that fails is tried again, for whatever keeps it from the ticker will be gone.</summary>
    private async Task ReadAsync(CancellationToken stoppingToken)
    {
        var isAway = true; // Before the first tick nothing is wrong.
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var read = await ticks.ReadAsync(stoppingToken);
                foreach (var tick in read)
                {
                    await TakeAsync(tick, stoppingToken);
                }

                if (!read.IsEmpty)
                {
                    isAway = false;
                    continue;
                }
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (TimeoutException)
            {
                // Told as the silence that it is.
            }
            catch (Exception e)
            {
                if (!isAway)
                {
                    isAway = true;
                    LogNoTicks(e.Message);
                }
            }

            await PauseAsync(Retry, stoppingToken);
        }
    }

    /// <summary>Asks the ticker for the market for as long as no tick comes.</summary>
    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        var wasSilent = true; // Before the first tick nothing is wrong.
        while (!stoppingToken.IsCancellationRequested)
        {
            var isSilent = IsSilent;
            if (isSilent)
            {
                if (!wasSilent)
                {
                    LogSilent(LongestSilence);
                }

                await TryAskForMarketAsync(LogLevel.Debug, stoppingToken);
            }

            wasSilent = isSilent;
            health.Tell();
            await PauseAsync(isSilent ? Question : Look, stoppingToken);
        }
    }

    /// <summary>The jitter keeps the gateways of a cluster from coming to a new ticker all at once.</summary>
    private async Task PauseAsync(TimeSpan longest, CancellationToken stoppingToken) =>
        await Task.Delay(longest * (0.5 + (Random.Shared.NextDouble() * 0.5)), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task TakeAsync(Tick tick, CancellationToken cancellationToken)
    {
        if (tick.Epoch >= _newest.At.Epoch)
        {
            Interlocked.Exchange(ref _lastTick, time.GetTimestamp()); // Of a ticker that has been succeeded no word counts.
            health.TakeTick(tick.Outage);
        }

        if (!TryApply(tick))
        {
            // While this waits, nothing is read; the ticker keeps what follows.
            await TryAskForMarketAsync(LogLevel.Warning, cancellationToken);
        }
    }

    /// <summary>Takes a tick that follows.</summary>
    /// <returns>False where ticks between it and the market are missing.</returns>
    private bool TryApply(Tick tick)
    {
        lock (_writing)
        {
            if (!new Cursor(tick.Epoch, tick.Seq).IsAfter(_newest.At))
            {
                return true; // Old news, of this ticker or of one that has been succeeded.
            }

            if (tick.Epoch != _newest.At.Epoch || tick.Seq != _newest.At.Seq + 1 || tick.Quotes.IsEmpty)
            {
                return false;
            }

            Publish(_newest.Apply(tick));
        }

        _delivery.Record((time.GetUtcNow() - tick.PublishedAt).TotalMilliseconds);
        return true;
    }

    /// <summary>Asks the ticker, and does not wait long. An answer that comes later is taken all the same.</summary>
    /// <returns>Whether it has answered.</returns>
    private async Task<bool> TryAskForMarketAsync(LogLevel level, CancellationToken cancellationToken)
    {
        var asking = AskForMarketAsync();
        try
        {
            await asking.WaitAsync(LongestAnswer, time, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false; // Stopping.
        }
        catch (Exception e)
        {
            asking.Ignore();
            LogNoAnswer(level, e);
            return false;
        }
    }

    private async Task AskForMarketAsync()
    {
        var market = await cluster.GetGrain<ITickerGrain>(ITickerGrain.Key).GetMarketAsync(_newest.At.Epoch);
        lock (_writing)
        {
            if (new Cursor(market.Epoch, market.Seq).IsAfter(_newest.At))
            {
                Publish(MarketState.From(market, _newest));
            }

            if (market.Epoch == _newest.At.Epoch)
            {
                health.TakeAnswer(market.Outage);
            }
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
