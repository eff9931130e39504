using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Hosting;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;
using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansTicker.Grains.Ticker;

/// <summary>The one ticker: at each turn it takes what its price source has, enters it in the book and publishes what changed.</summary>
[KeepAlive]
internal sealed partial class TickerGrain(
    [PersistentState("ticker", StorageNames.Ticker)] IPersistentState<TickerState> state,
    IPriceSourceFactory sources,
    IOptions<TickerOptions> options,
    ISiloStatusOracle silos,
    TimeProvider time,
    ILogger<TickerGrain> logger) : Grain, ITickerGrain
{
    /// <summary>How long a market may be silent before a tick without quotes says that the ticker lives; it is looked at twice in that time.</summary>
    internal static readonly TimeSpan LongestSilence = TimeSpan.FromMilliseconds(200);

    private readonly QuoteBook _book = new();
    private readonly List<Quote> _changes = [];
    private readonly TurnSchedule _schedule = new(options.Value.Interval, time);
    private long _epoch;
    private IPriceSource? _source;
    private IAsyncStream<Tick>? _stream;
    private IGrainTimer? _timer;
    private IGrainTimer? _heartbeat;
    private DateTimeOffset _publishedAt;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // The write is a compare-and-swap: of two tickers that start at once, one fails here and never publishes. Starting
        // from the clock keeps epochs growing also where the store was lost, so that no cursor of an earlier life fits by chance.
        state.State.Epoch = Math.Max(state.State.Epoch + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
        await state.WriteStateAsync(cancellationToken);
        _epoch = state.State.Epoch;
        _publishedAt = time.GetUtcNow();
        _stream = this.GetStreamProvider(TickStream.Provider).GetStream<Tick>(StreamId.Create(TickStream.Namespace, ITickerGrain.Key));
        _source = sources.Create();
        _source.Start();
        _timer = this.RegisterGrainTimer(TurnAsync, new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        _heartbeat = this.RegisterGrainTimer(BeatAsync, LongestSilence / 2, LongestSilence / 2);
        LogStarted(_epoch, options.Value.Interval);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        _heartbeat?.Dispose();
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        LogStopped(_epoch, _book.Seq, reason);
    }

    public Task StartAsync() => Task.CompletedTask;

    public Task<MarketSnapshot> GetMarketAsync() => Task.FromResult(new MarketSnapshot(_epoch, _book.Seq, _publishedAt, _book.ToImmutable()));

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
        if (time.GetUtcNow() - _publishedAt >= LongestSilence)
        {
            Publish([]);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Publishes without waiting: a queue that is out of reach must not stop the ticker. What is lost shows as a gap or as
    /// silence, and gateways then ask for the market.
    /// </summary>
    private void Publish(ImmutableArray<Quote> changed)
    {
        _publishedAt = time.GetUtcNow();
        if (silos.CurrentStatus != SiloStatus.Active)
        {
            return; // The silo stops: the queue may have left it already, and the ticker is about to.
        }

        _stream!.OnNextAsync(new Tick(_epoch, _book.Seq, _publishedAt, changed)).Ignore();
    }

    [LoggerMessage(1000, LogLevel.Information, "The ticker runs: epoch {Epoch}, a turn every {Interval}")]
    private partial void LogStarted(long epoch, TimeSpan interval);

    [LoggerMessage(1001, LogLevel.Information, "The ticker of epoch {Epoch} stops after tick {Seq}: {Reason}")]
    private partial void LogStopped(long epoch, long seq, DeactivationReason reason);
}
