using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Prices.Market;
using OrleansTicker.Grains.Storage;
using OrleansTicker.Grains.Turns;
using Orleans.Placement;
using OrleansTicker.Grains.Ticks;

namespace OrleansTicker.Grains.Ticker;

/// <summary>The ticker. In each turn it collects prices from its source, enters them in the book and publishes what changed.</summary>
/// <remarks>Reads interleave because they wait for ticks, which they would otherwise hold up.</remarks>
[KeepAlive, Immovable]
internal sealed partial class TickerGrain(
    [PersistentState("ticker", StorageNames.Ticker)] IPersistentState<TickerState> state,
    IPriceSourceFactory sources,
    IOptions<TickerOptions> options,
    IOptions<PriceOptions> prices,
    LocalTicks local,
    LastCandles lastCandles,
    TimeProvider time,
    ILogger<TickerGrain> logger) : Grain, ITickerGrain
{
    /// <summary>After this long without a change, a tick without quotes is published as a heartbeat. Checked twice in that time.</summary>
    internal static readonly TimeSpan HeartbeatInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>How often the newest prices are stored, which is what a ticker can lose when its silo dies.</summary>
    internal static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);

    private readonly QuoteBook _book = new();
    private readonly TickerStateStore _store = new(state, prices.Value.Source, time, logger);
    private readonly PriceWatch _watch = new(prices.Value.Source, options.Value.PriceTimeout, logger);
    private readonly List<Quote> _changes = [];
    private readonly TurnSchedule _schedule = new(options.Value.Interval, time);
    private IPriceSource? _source;
    private TickerCandles? _candles;
    private TickQueue? _ticks;
    private TurnClock? _turns;
    private IGrainTimer? _heartbeat;
    private IGrainTimer? _saving;
    private IGrainTimer? _attaching;
    private ImmutableArray<FeedStatus>? _publishedFeeds;
    private DateTimeOffset _publishedAt; // For people: the clock may be adjusted.
    private long _publishedTimestamp; // For the time since then.

    /// <summary>The source, if its prices come from the feeds of exchanges.</summary>
    private IFeedsSource? Feeds => _source as IFeedsSource;

    private CandlePosition Position => new(_store.Epoch, _book.Seq);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var known = await _store.BeginAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested(); // Orleans may no longer wait for this, and another ticker may run.
        (_publishedAt, _publishedTimestamp) = (time.GetUtcNow(), time.GetTimestamp());
        _ticks = new TickQueue(_store.Epoch);
        _source = sources.Create(known);
        _book.Restore(known.Where(quote => _source.Covers(quote.Symbol)));
        _source.Start();
        _candles = new TickerCandles(_source, GrainFactory, () => Position, lastCandles, time, logger);
        _heartbeat = this.RegisterGrainTimer(SendHeartbeatAsync, HeartbeatInterval / 2, HeartbeatInterval / 2);
        _saving = this.RegisterGrainTimer(SaveAsync, new GrainTimerCreationOptions(SaveInterval, SaveInterval) { Interleave = true });
        _attaching = Feeds is null ? null : this.RegisterGrainTimer(AttachAsync, TimeSpan.Zero, IExchangeFeedGrain.AttachmentLength / 8);
        _turns = new TurnClock("Ticker", _schedule, Turn, logger);
        local.Announce(_ticks);
        _ = GrainContext.Deactivated.ContinueWith(
            _ => EndTurns(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default); // However it ends.
        LogStarted(_store.Epoch, options.Value.Interval);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        EndTurns();
        _heartbeat?.Dispose();
        _saving?.Dispose();
        _attaching?.Dispose();
        if (_source is not null)
        {
            await _source.DisposeAsync();
            await Task.WhenAll(SaveLastAsync(cancellationToken), _candles!.StopAsync(cancellationToken));
        }

        // That a stopping silo also stops its ticker is not worth telling.
        LogStopped(reason.ReasonCode == DeactivationReasonCode.ShuttingDown ? LogLevel.Debug : LogLevel.Information, _store.Epoch, _book.Seq, reason);
    }

    public Task StartAsync() => Task.CompletedTask;

    public Task<MarketSnapshot> GetMarketAsync(long seenEpoch)
    {
        if (_store.NoteSeen(seenEpoch))
        {
            SaveAsync(CancellationToken.None).Ignore(); // In the background: a store that hangs must not stop the turns.
        }

        return Task.FromResult(new MarketSnapshot(_store.Epoch, _book.Seq, _publishedAt, _book.ToImmutable(), _watch.Outage)
        {
            Feeds = Feeds is { } feeds ? feeds.Statuses : [],
            Source = prices.Value.Source,
        });
    }

    public async Task<TickBatch> ReadTicksAsync(TickPosition? after)
    {
        try
        {
            return await _ticks!.ReadAsync(after).WaitAsync(ITickerGrain.ReadTimeout, time);
        }
        catch (TimeoutException)
        {
            return new TickBatch(after ?? default, []); // A deactivating ticker waits for its calls, so none may wait for long.
        }
    }

    public Task UpdateAsync(FeedUpdate update)
    {
        Feeds?.Take(update);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<FeedReport>> GetFeedsAsync() => Task.FromResult(Feeds?.Report() ?? []);

    private void EndTurns()
    {
        _turns?.Stop();
        if (_ticks is not null)
        {
            local.Withdraw(_ticks);
        }
    }

    /// <summary>One turn. It comes between requests, also those that await something.</summary>
    private void Turn()
    {
        _changes.Clear();
        _source!.Collect(_changes);
        var changed = _book.Apply(_changes);
        if (!changed.IsEmpty || Feeds?.Statuses != _publishedFeeds)
        {
            Publish(changed);
        }

        _candles!.TakeTurn(_changes, _watch.Outage is not null);
    }

    private Task AttachAsync()
    {
        Feeds!.Attach(_store.Epoch, options.Value.Interval, _schedule.UntilNext);
        return Task.CompletedTask;
    }

    private Task SendHeartbeatAsync()
    {
        if (time.GetElapsedTime(_publishedTimestamp) >= HeartbeatInterval)
        {
            Publish([]);
        }

        return Task.CompletedTask;
    }

    /// <summary>Saves the newest prices. Interleaves with the turns, which never wait for the store.</summary>
    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var epoch = _store.Epoch;
        _store.NoteSeen(_candles!.SeenEpoch);
        if (!await _store.SaveAsync(_book, cancellationToken))
        {
            LogSucceeded(_store.Epoch);
            DeactivateOnIdle();
        }
        else if (_store.Epoch != epoch)
        {
            Publish([]); // Gateways see the later epoch and request the market.
        }
    }

    /// <summary>Saves the last prices, so that a ticker that is deactivated normally loses none.</summary>
    private async Task SaveLastAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The first call may only wait for a save that is in progress.
            if (await _store.SaveAsync(_book, cancellationToken).WaitAsync(SaveInterval, time, cancellationToken))
            {
                await _store.SaveAsync(_book, cancellationToken).WaitAsync(SaveInterval, time, cancellationToken);
            }
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            LogLastPricesLost(SaveInterval);
        }
    }

    /// <summary>Publishes a tick. A reader that comes too late for it requests the market.</summary>
    private void Publish(ImmutableArray<Quote> changed)
    {
        (_publishedAt, _publishedTimestamp) = (time.GetUtcNow(), time.GetTimestamp());
        _watch.Observe(_source!.Silence);
        var feeds = Feeds?.Statuses;
        var tick = new Tick(_store.Epoch, _book.Seq, _publishedAt, changed, _watch.Outage) { Feeds = changed.IsEmpty || feeds != _publishedFeeds ? feeds : null };
        _publishedFeeds = feeds;
        _ticks!.Append(tick);
    }

    [LoggerMessage(1000, LogLevel.Information, "The ticker runs: epoch {Epoch}, a turn every {Interval}")]
    private partial void LogStarted(long epoch, TimeSpan interval);

    [LoggerMessage(EventId = 1001, Message = "The ticker of epoch {Epoch} stops after tick {Seq}: {Reason}")]
    private partial void LogStopped(LogLevel level, long epoch, long seq, DeactivationReason reason);

    [LoggerMessage(1002, LogLevel.Warning, "Another ticker has begun after epoch {Epoch}; this one ends")]
    private partial void LogSucceeded(long epoch);

    [LoggerMessage(1003, LogLevel.Warning, "The store did not take the ticker's last prices within {Wait}; the next one begins with those of a moment before")]
    private partial void LogLastPricesLost(TimeSpan wait);
}
