using System.Diagnostics.Metrics;
using OrleansTicker.Grains.Interfaces.Ticker;
using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansTicker.Gateway.Market;

/// <summary>
/// Keeps this gateway's market state: one subscription to the tick stream for the whole process. Ticks that do not follow
/// on what it has make it ask the ticker for the market; silence makes it subscribe again.
/// </summary>
internal sealed partial class MarketFeed(IClusterClient cluster, TimeProvider time, IMeterFactory meters, ILogger<MarketFeed> logger)
    : BackgroundService, IMarketFeed
{
    /// <summary>The ticker speaks at least every 200 ms: after this long without a word, something is broken.</summary>
    internal static readonly TimeSpan LongestSilence = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the start waits for the first prices before sessions are let in without.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(10);

    private readonly Histogram<double> _delivery = meters.Create(GatewayMeter.Name)
        .CreateHistogram<double>("ticker.delivery", "ms", "From the ticker's publication of a tick to this gateway's market, by their clocks");

    // One writer at a time: an old subscription may still deliver beside the new one.
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly TaskCompletionSource _firstMarket = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile MarketState _newest = MarketState.Empty;
    private StreamSubscriptionHandle<Tick>? _subscription;
    private long _lastHeard;

    public event Action? Changed;

    public MarketState Newest => _newest;

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
        while (!stoppingToken.IsCancellationRequested)
        {
            if (_subscription is null || time.GetElapsedTime(Interlocked.Read(ref _lastHeard)) > LongestSilence)
            {
                await SubscribeAnewAsync(stoppingToken);
            }

            // The jitter keeps the gateways of a cluster from returning to a new ticker all at once.
            var pause = LongestSilence * (0.5 + (Random.Shared.NextDouble() * 0.5));
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await UnsubscribeAsync();
    }

    private async Task SubscribeAnewAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_subscription is not null)
            {
                LogSilent(LongestSilence);
                await UnsubscribeAsync();
            }

            var stream = cluster.GetStreamProvider(TickStream.Provider)
                .GetStream<Tick>(StreamId.Create(TickStream.Namespace, ITickerGrain.Key));
            _subscription = await stream.SubscribeAsync((tick, _) => TakeAsync(tick)).WaitAsync(cancellationToken);
            await _writing.WaitAsync(cancellationToken);
            try
            {
                await AskForMarketAsync();
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The loop's edge: whatever failed is tried again after the next pause.
            LogNotSubscribed(e);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task UnsubscribeAsync()
    {
        var subscription = _subscription;
        _subscription = null;
        try
        {
            await (subscription?.UnsubscribeAsync() ?? Task.CompletedTask);
        }
        catch (Exception e)
        {
            // The stream may have forgotten the subscription, or its silo is gone: either way it is over.
            LogNotUnsubscribed(e);
        }
    }

    private async Task TakeAsync(Tick tick)
    {
        await _writing.WaitAsync();
        try
        {
            Interlocked.Exchange(ref _lastHeard, time.GetTimestamp());
            var at = new Cursor(tick.Epoch, tick.Seq);
            if (!at.IsAfter(_newest.At))
            {
                return; // Old news, of this ticker or of one that has been succeeded.
            }

            if (tick.Epoch == _newest.At.Epoch && tick.Seq == _newest.At.Seq + 1 && !tick.Quotes.IsEmpty)
            {
                Publish(_newest.Apply(tick));
                _delivery.Record((time.GetUtcNow() - tick.PublishedAt).TotalMilliseconds);
            }
            else
            {
                // While this waits, the stream holds back what follows; none of it is lost.
                await AskForMarketAsync();
            }
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            LogNoAnswer(e);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task AskForMarketAsync()
    {
        var market = MarketState.From(await cluster.GetGrain<ITickerGrain>(ITickerGrain.Key).GetMarketAsync(), _newest);
        Interlocked.Exchange(ref _lastHeard, time.GetTimestamp());
        if (market.At.IsAfter(_newest.At))
        {
            Publish(market);
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

    [LoggerMessage(3001, LogLevel.Warning, "No tick for {Silence}; subscribing again")]
    private partial void LogSilent(TimeSpan silence);

    [LoggerMessage(3002, LogLevel.Warning, "The tick stream cannot be subscribed; trying on")]
    private partial void LogNotSubscribed(Exception e);

    [LoggerMessage(3003, LogLevel.Debug, "The old subscription to the tick stream could not be ended")]
    private partial void LogNotUnsubscribed(Exception e);

    [LoggerMessage(3004, LogLevel.Warning, "Ticks were missed and the ticker does not hand out the market; the next tick asks again")]
    private partial void LogNoAnswer(Exception e);
}
