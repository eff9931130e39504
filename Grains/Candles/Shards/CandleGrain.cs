using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;
using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Candles.Storing;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Grains.Candles.Shards;

/// <summary>
/// A shard of candles. All that it knows is in <see cref="ShardCandles"/>, which calls that interleave use one at a time; where a call waits for the
/// store, it has taken copies of that before.
/// </summary>
/// <remarks>Placed at random: by default all shards would be placed beside the ticker that calls them.</remarks>
[KeepAlive, RandomPlacement, Immovable]
internal sealed partial class CandleGrain(
    IHistoryStore store,
    HistoryWriter writer,
    ShardSpread spread,
    IOptions<HistoryOptions> options,
    TimeProvider time,
    ILogger<CandleGrain> logger) : Grain, ICandleGrain
{
    /// <summary>How many calls may wait for changes at once. Each gateway that lives has one.</summary>
    internal const int MaxWaiters = 1_000;

    /// <summary>How often a shard tries to read what was stored of it.</summary>
    internal static readonly TimeSpan LoadInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long an activation waits for the store. Afterwards the shard takes batches without it.</summary>
    internal static readonly TimeSpan LoadPatience = TimeSpan.FromSeconds(1);

    private ShardCandles? _candles;
    private ShardLoader? _loader;
    private ShardReader? _reader;
    private DayWindows? _days;
    private IGrainTimer? _loading;
    private IGrainTimer? _spreading;
    private int _waiters;
    private bool _isUnreadable;

    private int Shard => (int)this.GetPrimaryKeyLong();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _candles = new ShardCandles(Shard);
        _loader = new ShardLoader(_candles, store);
        _reader = new ShardReader(_candles, store, options.Value, time);
        _days = new DayWindows(_candles, store);
        writer.Add(_candles);
        spread.Add(_candles);

        // Shards that have started together do not ask at the same time: only one of them would be told to leave.
        var firstCheck = spread.CheckInterval * (1 + ((double)Shard / ICandleGrain.Shards));
        _spreading = this.RegisterGrainTimer(SpreadAsync, new GrainTimerCreationOptions(firstCheck, spread.CheckInterval) { Interleave = true });
        StartLoading();
        await TryLoadAsync(LoadPatience);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _loading?.Dispose();
        _spreading?.Dispose();
        if (_candles is not null)
        {
            spread.Remove(_candles);
            await writer.RemoveAsync(_candles, cancellationToken);
        }
    }

    public Task<CandleReceipt> AppendAsync(ImmutableArray<CandleBatch> batches)
    {
        if (TryLeaveToOthers())
        {
            throw new InvalidOperationException($"Shard {Shard} goes on at another silo.");
        }

        // Where nothing can be stored there is nothing to wait for: the newest candles count more than the oldest.
        var receipt = _candles!.Append(batches, canWait: !writer.IsAway && !_isUnreadable);
        if (!_candles.IsLoaded)
        {
            StartLoading();
        }

        return Task.FromResult(receipt);
    }

    public async Task<CandlePage> ReadAsync(CandleQuery query)
    {
        CheckSymbol(query.Symbol);
        await TryLoadAsync(LoadPatience);
        return await _reader!.ReadAsync(query, CancellationToken.None);
    }

    public async Task<CandleUpdate> WatchAsync(ImmutableArray<CandleSeries> series, CandlePosition after)
    {
        foreach (var one in series)
        {
            CheckSymbol(one.Symbol);
        }

        if (_waiters >= MaxWaiters)
        {
            throw new InvalidOperationException($"{MaxWaiters} calls wait for the candles of shard {Shard} already.");
        }

        _waiters++;
        try
        {
            await _candles!.WaitAsync(after).WaitAsync(ICandleGrain.WatchTimeout, time);
        }
        catch (TimeoutException)
        {
            // Nothing has changed; the update says so.
        }
        finally
        {
            _waiters--;
        }

        return _candles!.ChangedAfter(series, after);
    }

    public Task<bool> IsStoreAwayAsync() => Task.FromResult(writer.IsAway || (_isUnreadable && !_candles!.IsLoaded));

    public async Task<ImmutableArray<SymbolDay>> GetDaysAsync()
    {
        await TryLoadAsync(LoadPatience);
        return _candles!.IsLoaded || _candles.Start is null
            ? await _days!.GetAsync(CancellationToken.None)
            : throw new HistoryUnavailableException($"The store could not be read yet since shard {Shard} began.");
    }

    private void StartLoading() =>
        _loading ??= this.RegisterGrainTimer(LoadAsync, new GrainTimerCreationOptions(LoadInterval, LoadInterval) { Interleave = true });

    private async Task LoadAsync()
    {
        await TryLoadAsync(Timeout.InfiniteTimeSpan);
        if (_candles!.IsLoaded)
        {
            _isUnreadable = false;
            _loading?.Dispose();
            _loading = null;
        }
    }

    /// <summary>Ends this activation if its silo has too many. The next call has the shard placed anew, and it goes on from what is stored.</summary>
    private Task SpreadAsync()
    {
        if (!TryLeaveToOthers() && spread.TryLeave(_candles!))
        {
            LogLeaves(Shard);
            Leave();
        }

        return Task.CompletedTask;
    }

    /// <summary>Ends this activation if another one has taken the shard over.</summary>
    private bool TryLeaveToOthers()
    {
        if (!_candles!.IsTakenOver)
        {
            return false;
        }

        LogTakenOver(Shard);
        Leave();
        return true;
    }

    private void Leave()
    {
        _candles!.EndWaits(); // Calls that wait would hold the shard up.
        DeactivateOnIdle();
    }

    /// <summary>Loads the shard, if the store can be reached. The writer tells when it can't.</summary>
    private async Task TryLoadAsync(TimeSpan patience)
    {
        try
        {
            await _loader!.LoadAsync().WaitAsync(patience, time);
        }
        catch (Exception e) when (e is HistoryUnavailableException or TimeoutException)
        {
            // It is tried again; batches are taken meanwhile. Where the store is away, the writer tells it for all shards.
            if (patience == Timeout.InfiniteTimeSpan && !writer.IsAway && !_isUnreadable)
            {
                _isUnreadable = true;
                LogUnreadable(Shard, e.Message);
            }
        }
    }

    private void CheckSymbol(string symbol)
    {
        if (ICandleGrain.ShardOf(symbol) != Shard)
        {
            throw new ArgumentException($"{symbol} belongs to shard {ICandleGrain.ShardOf(symbol)}, not {Shard}.", nameof(symbol));
        }
    }

    [LoggerMessage(1029, LogLevel.Warning, "Shard {Shard} can't be taken over from the store, so its candles stay in memory and none of them is stored until it can. {Cause}")]
    private partial void LogUnreadable(int shard, string cause);

    [LoggerMessage(1044, LogLevel.Warning, "Shard {Shard} was claimed by another activation, which goes on with it; this one ends")]
    private partial void LogTakenOver(int shard);

    [LoggerMessage(1028, LogLevel.Debug, "Shard {Shard} leaves this silo, which has more than its share")]
    private partial void LogLeaves(int shard);
}
