using System.Diagnostics.Metrics;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Market;

/// <summary>
/// Keeps this gateway's market state: one subscription to the tick stream for the whole process. Ticks that do not follow
/// on what it has make it ask the ticker for the market. While the stream is silent it asks again and again, so that prices
/// depend on the ticker alone, and where the ticker answers and the stream stays silent it subscribes again.
/// </summary>
internal sealed partial class MarketFeed(IClusterClient cluster, TimeProvider time, IMeterFactory meters, ILogger<MarketFeed> logger)
    : BackgroundService, IMarketFeed
{
    /// <summary>The ticker speaks at least every 200 ms: after this long without a word, something is broken.</summary>
    internal static readonly TimeSpan LongestSilence = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the start waits for the first prices before sessions are let in without.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer is waited for before the question is asked again. One that comes later still counts.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a silent stream may take to come back by itself, since the ticker answered again, before it is subscribed anew.</summary>
    private static readonly TimeSpan LongestReturn = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two looks at the stream, and between two questions while it is silent.</summary>
    private static readonly TimeSpan Look = LongestSilence / 2;
    private static readonly TimeSpan Question = TimeSpan.FromMilliseconds(100);

    private readonly Histogram<double> _delivery = meters.Create(GatewayMeter.Name)
        .CreateHistogram<double>("ticker.delivery", "ms", "From the ticker's publication of a tick to this gateway's market, by their clocks");

    // One writer at a time: an old subscription may still deliver beside the new one, and an answer beside both.
    private readonly Lock _writing = new();
    private readonly TaskCompletionSource _firstMarket = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile MarketState _newest = MarketState.Empty;
    private long _lastTick;
    private long? _answering; // Since when the ticker answers while the stream is silent.

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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wasSilent = false;
        var subscription = new TickSubscription(cluster, TakeAsync, time, logger);
        subscription.Renew(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var isSilent = IsSilent;
            if (isSilent)
            {
                if (!wasSilent && subscription.IsHeld)
                {
                    LogSilent(LongestSilence);
                }

                await AskInsteadAsync(subscription, stoppingToken);
            }
            else
            {
                _answering = null;
            }

            wasSilent = isSilent;

            // The jitter keeps the gateways of a cluster from coming to a new ticker all at once.
            var pause = (isSilent ? Question : Look) * (0.5 + (Random.Shared.NextDouble() * 0.5));
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await subscription.EndAsync();
    }

    /// <summary>Does the stream's work while it is silent, and mends it beside: what hangs there must not hold up the prices.</summary>
    private async Task AskInsteadAsync(TickSubscription subscription, CancellationToken cancellationToken)
    {
        if (await TryAskForMarketAsync(LogLevel.Debug, cancellationToken))
        {
            _answering ??= time.GetTimestamp();
        }

        var isLost = _answering is { } since && time.GetElapsedTime(since) > LongestReturn;
        if (!subscription.IsHeld || isLost)
        {
            if (isLost)
            {
                LogLost();
                _answering = null;
            }

            subscription.Renew(cancellationToken);
        }
    }

    private async Task TakeAsync(Tick tick, CancellationToken cancellationToken)
    {
        if (tick.Epoch >= _newest.At.Epoch)
        {
            Interlocked.Exchange(ref _lastTick, time.GetTimestamp()); // Of a ticker that has been succeeded no word counts.
        }

        if (!TryApply(tick))
        {
            // While this waits, the stream holds back what follows; none of it is lost.
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
        var market = await cluster.GetGrain<ITickerGrain>(ITickerGrain.Key).GetMarketAsync();
        lock (_writing)
        {
            if (new Cursor(market.Epoch, market.Seq).IsAfter(_newest.At))
            {
                Publish(MarketState.From(market, _newest));
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

    [LoggerMessage(3005, LogLevel.Warning, "The ticker answers and its stream is silent; subscribing again")]
    private partial void LogLost();
}
