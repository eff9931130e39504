using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Storage;
using OrleansTicker.Grains.Streaming;
using Orleans.Placement;

namespace OrleansTicker.Grains.Ticker;

/// <summary>The one ticker: at each turn it takes what its price source has, enters it in the book and publishes what changed.</summary>
/// <remarks>Reads interleave because they wait for the very turns that they would otherwise block.</remarks>
[KeepAlive, Immovable]
internal sealed partial class TickerGrain(
    [PersistentState("ticker", StorageNames.Ticker)] IPersistentState<TickerState> state,
    IPriceSourceFactory sources,
    IOptions<TickerOptions> options,
    IOptions<PriceOptions> prices,
    LocalTicks local,
    TimeProvider time,
    ILogger<TickerGrain> logger) : Grain, ITickerGrain
{
    /// <summary>How long a market may be silent before a tick without quotes says that the ticker lives; it is looked at twice in that time.</summary>
    internal static readonly TimeSpan LongestSilence = TimeSpan.FromMilliseconds(200);

    /// <summary>How often the newest prices are written to the store: what a ticker whose silo dies can lose.</summary>
    internal static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);

    private readonly QuoteBook _book = new();
    private readonly TickerStateStore _store = new(state, prices.Value.Source, time, logger);
    private readonly PriceWatch _watch = new(prices.Value.Source, options.Value.PriceTimeout, logger);
    private readonly List<Quote> _changes = [];
    private readonly TurnSchedule _schedule = new(options.Value.Interval, time);
    private IPriceSource? _source;
    private TickQueue? _ticks;
    private IGrainTimer? _timer;
    private IGrainTimer? _heartbeat;
    private IGrainTimer? _saving;
    private DateTimeOffset _publishedAt; // For people: clocks are set.
    private long _publishedTimestamp; // For the silence since then.

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var known = await _store.BeginAsync(cancellationToken);
        (_publishedAt, _publishedTimestamp) = (time.GetUtcNow(), time.GetTimestamp());
        _ticks = new TickQueue(_store.Epoch);
        _source = sources.Create(known);
        _book.Restore(known.Where(quote => _source.Covers(quote.Symbol)));
        _source.Start();
        _timer = this.RegisterGrainTimer(TurnAsync, new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        _heartbeat = this.RegisterGrainTimer(BeatAsync, LongestSilence / 2, LongestSilence / 2);
        _saving = this.RegisterGrainTimer(SaveAsync, new GrainTimerCreationOptions(SaveInterval, SaveInterval) { Interleave = true });
        local.Announce(_ticks);
        LogStarted(_store.Epoch, options.Value.Interval);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        _heartbeat?.Dispose();
        _saving?.Dispose();
        if (_ticks is not null)
        {
            local.Withdraw(_ticks);
        }

        if (_source is not null)
        {
            await _source.DisposeAsync();
            await SaveLastAsync(cancellationToken);
        }

        // A silo that stops takes its ticker along, which nobody needs to be told.
        LogStopped(reason.ReasonCode == DeactivationReasonCode.ShuttingDown ? LogLevel.Debug : LogLevel.Information, _store.Epoch, _book.Seq, reason);
    }

    public Task StartAsync() => Task.CompletedTask;

    public Task<MarketSnapshot> GetMarketAsync(long seenEpoch)
    {
        if (_store.NoteSeen(seenEpoch))
        {
            SaveAsync(CancellationToken.None).Ignore(); // Beside this call: a store that hangs must not stop the turns.
        }

        return Task.FromResult(new MarketSnapshot(_store.Epoch, _book.Seq, _publishedAt, _book.ToImmutable(), _watch.Outage));
    }

    public async Task<TickBatch> ReadTicksAsync(TickPosition? after)
    {
        try
        {
            return await _ticks!.ReadAsync(after).WaitAsync(ITickerGrain.LongestRead, time);
        }
        catch (TimeoutException)
        {
            return new TickBatch(after ?? default, []); // A ticker that ends waits for its readers, so none of them waits for long.
        }
    }

    private Task TurnAsync()
    {
        try
        {
            _changes.Clear();
            _source!.Collect(_changes);
            var changed = _book.Apply(_changes);
            if (!changed.IsEmpty)
            {
                Publish(changed);
            }
        }
        finally
        {
            _timer!.Change(_schedule.Next(), Timeout.InfiniteTimeSpan);
        }

        return Task.CompletedTask;
    }

    private Task BeatAsync()
    {
        if (time.GetElapsedTime(_publishedTimestamp) >= LongestSilence)
        {
            Publish([]);
        }

        return Task.CompletedTask;
    }

    /// <summary>Saves beside the turns: it interleaves with them, and none of them waits for the store.</summary>
    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var epoch = _store.Epoch;
        if (!await _store.SaveAsync(_book, cancellationToken))
        {
            LogSucceeded(_store.Epoch);
            DeactivateOnIdle();
        }
        else if (_store.Epoch != epoch)
        {
            Publish([]); // Gateways see the later epoch and ask for the market.
        }
    }

    /// <summary>Saves what came after the last save, so that a ticker that moves in good order loses no price.</summary>
    private async Task SaveLastAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The one that is under way, and then the last one.
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

    /// <summary>Publishes for whoever reads. What a reader does not come for in time it finds missing, and asks for the market.</summary>
    private void Publish(ImmutableArray<Quote> changed)
    {
        (_publishedAt, _publishedTimestamp) = (time.GetUtcNow(), time.GetTimestamp());
        _watch.Observe(_source!.Silence);
        _ticks!.Append(new Tick(_store.Epoch, _book.Seq, _publishedAt, changed, _watch.Outage));
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
