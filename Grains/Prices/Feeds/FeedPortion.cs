using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// The products that one connection carries. Connects again whenever the connection ends, and replaces it before an end that is known, so
/// that nothing is missed.
/// </summary>
internal sealed partial class FeedPortion : IAsyncDisposable
{
    /// <summary>How long a new connection may deliver nothing before it replaces the old one all the same: the market may be quiet.</summary>
    public static readonly TimeSpan DeliveryTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long both are kept after the first delivery: an exchange subscribes the products one after the other.</summary>
    public static readonly TimeSpan OverlapTime = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a connection must have lasted for the next waits to be short again: an exchange that ends each of them after a price would
    /// otherwise be connected to without pause.
    /// </summary>
    public static readonly TimeSpan StableTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan IdleInterval = TimeSpan.FromMinutes(1);

    private readonly FeedState _feed;
    private readonly RetryDelay _retry;
    private readonly BackgroundWork _work;
    private readonly ILogger _logger;
    private readonly FeedSituation _situation;
    private volatile IReadOnlyList<string> _products = [];
    private volatile TaskCompletionSource _changed = NewSignal();
    private volatile FeedConnection? _current;
    private volatile FeedConnection? _next;
    private long _openSince; // When the first of the connections was opened that have replaced each other; 0 if none has been replaced.
    private string? _toldLoss; // What was last told of a loss; null if there are connections.

    public FeedPortion(FeedState feed)
    {
        _feed = feed;
        _situation = new FeedSituation(feed.Time);
        _logger = feed.Loggers.CreateLogger<FeedPortion>();
        _retry = new RetryDelay(feed.Options.FirstRetryDelay, feed.Options.MaxRetryDelay, Random.Shared);
        _work = new BackgroundWork($"A connection of the {feed.Exchange.Name} feed", feed.Time, feed.Loggers.CreateLogger<BackgroundWork>());
    }

    public IReadOnlyList<string> Products => _products;

    public FeedSituation Situation => _situation;

    public bool HasFaulted => _work.HasFaulted;

    /// <summary>Whether the exchange refuses all its products, so that it has no connection.</summary>
    public bool IsIdle => _situation.Now == FeedSituation.Idle;

    /// <summary>How many connections are open: two while one replaces the other.</summary>
    public int Connections => (_current is { IsOpen: true } ? 1 : 0) + (_next is { IsOpen: true } ? 1 : 0);

    /// <summary>Since when there has always been an open connection, as a timestamp; null if there is none.</summary>
    public long? OpenSince =>
        _current is { IsOpen: true } current ? Interlocked.Read(ref _openSince) is not 0 and var since ? since : current.OpenedAt : null;

    public void Start() => _work.Start(RunAsync);

    /// <summary>Changes the products. New ones are subscribed by replacing the connection; those that are gone are left out by the next one.</summary>
    public void Assign(IReadOnlyList<string> products, bool hasNew)
    {
        _products = products;
        if (hasNew)
        {
            _changed.TrySetResult();
        }
    }

    public ValueTask DisposeAsync() => _work.DisposeAsync();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync(CancellationToken stop)
    {
        try
        {
            _current = await BeginAsync(stop);
            while (true)
            {
                var current = _current;
                await Task.WhenAny(current.Ended, current.ReplacementDue, _changed.Task);
                stop.ThrowIfCancellationRequested();
                _current = current.Ended.IsCompleted ? await ReconnectAsync(current, stop) : await ReplaceAsync(current, stop);
                _next = null;
            }
        }
        finally
        {
            await Task.WhenAll(_current?.Ended ?? Task.CompletedTask, _next?.Ended ?? Task.CompletedTask);
        }
    }

    private async Task<FeedConnection> BeginAsync(CancellationToken stop)
    {
        while (true)
        {
            if (TryBegin(isReplacement: false, stop) is { } connection)
            {
                return connection;
            }

            _situation.Now = FeedSituation.Idle;
            await Task.WhenAny(_changed.Task, Task.Delay(IdleInterval, _feed.Time, stop));
            stop.ThrowIfCancellationRequested();
        }
    }

    private FeedConnection? TryBegin(bool isReplacement, CancellationToken stop)
    {
        _changed = NewSignal(); // Before the products are read, so that none is missed.
        var products = _products;
        _feed.Refusals.Forget(products);
        var left = _feed.Refusals.LeftOf(products);
        if (left.Count == 0)
        {
            return null;
        }

        if (IsIdle)
        {
            _situation.Now = FeedSituation.Starting;
        }

        return FeedConnection.Start(_feed, _situation, products, left, isReplacement, stop);
    }

    private async Task<FeedConnection> ReconnectAsync(FeedConnection lost, CancellationToken stop)
    {
        var end = await lost.Ended;
        if (lost.HasPrices && lost.OpenedAt is { } openedAt && _feed.Time.GetElapsedTime(openedAt) >= StableTime)
        {
            _retry.Reset();
        }

        _situation.Now = end.Situation ?? (_situation.Now == FeedSituation.Refusing ? FeedSituation.Refusing : FeedSituation.Away);
        await NoteLossAsync(lost, Next(end), stop);
        return await BeginAsync(stop);
    }

    /// <summary>Opens a new connection and closes the old one when the new one has delivered.</summary>
    /// <returns>The connection that is left; it may have ended.</returns>
    private async Task<FeedConnection> ReplaceAsync(FeedConnection old, CancellationToken stop)
    {
        while (!old.Ended.IsCompleted)
        {
            if (TryBegin(isReplacement: true, stop) is not { } next)
            {
                await Task.WhenAny(old.Ended, _changed.Task, Task.Delay(IdleInterval, _feed.Time, stop));
                stop.ThrowIfCancellationRequested();
                continue;
            }

            _next = next;
            await WaitUntilReadyAsync(old, next, stop);
            if (next.Ended.IsCompleted)
            {
                var end = await next.Ended;
                var delay = Next(end);
                var wait = Task.Delay(delay, _feed.Time, stop);
                var reason = end.Reason.TrimEnd('.');
                LogNotReplaced(reason, delay);
                await Task.WhenAny(old.Ended, wait);
                stop.ThrowIfCancellationRequested();
            }
            else if (old.Ended.IsCompleted && !next.Delivered.IsCompleted)
            {
                await NoteLossAsync(old, TimeSpan.Zero, stop);
                return next;
            }
            else
            {
                Interlocked.CompareExchange(ref _openSince, old.OpenedAt ?? 0, 0);
                _current = next;
                _next = old;
                await old.CloseAsync();
                _retry.Reset();
                LogReplaced(_feed.Url);
                return next;
            }
        }

        return old;
    }

    private async Task WaitUntilReadyAsync(FeedConnection old, FeedConnection next, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(old.Ended, next.Ended, ReadyAsync(next, over.Token));
        await over.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    private async Task ReadyAsync(FeedConnection next, CancellationToken cancellationToken)
    {
        await next.Subscribed.WaitAsync(cancellationToken);
        await Task.WhenAny(next.Delivered, Task.Delay(DeliveryTimeout, _feed.Time, cancellationToken));
        await Task.Delay(OverlapTime, _feed.Time, cancellationToken);
    }

    private TimeSpan Next(ConnectionEnd end)
    {
        var delay = _retry.Next();
        return delay > end.MinWait ? delay : end.MinWait;
    }

    /// <summary>Marks what was lost, tells it once until it works again, and waits.</summary>
    private async Task NoteLossAsync(FeedConnection lost, TimeSpan delay, CancellationToken stop)
    {
        var end = await lost.Ended;
        stop.ThrowIfCancellationRequested();
        Interlocked.Exchange(ref _openSince, 0);
        _feed.Book.Lose(lost.Products);
        if (lost.OpenedAt is not null)
        {
            _feed.Traffic.CountReconnect();
        }

        if (lost.HasPrices)
        {
            _situation.ForgetError();
            _toldLoss = null;
        }

        var wait = Task.Delay(delay, _feed.Time, stop);
        var (loss, reason) = (end.Situation ?? FeedSituation.Away, end.Reason.TrimEnd('.'));
        LogLost(_toldLoss == loss ? LogLevel.Debug : LogLevel.Warning, _feed.Url, reason, delay);
        _toldLoss = loss;
        await wait;
    }

    [LoggerMessage(EventId = 2020, Message = "The connection to {Url} is lost: {Reason}. The next attempt is in {Delay}")]
    private partial void LogLost(LogLevel level, Uri url, string reason, TimeSpan delay);

    [LoggerMessage(2022, LogLevel.Information, "A connection to {Url} was replaced by a new one as planned")]
    private partial void LogReplaced(Uri url);

    [LoggerMessage(2023, LogLevel.Debug, "A connection is to be replaced, but the new one failed: {Reason}. The old one stays, and the next attempt is in {Delay}")]
    private partial void LogNotReplaced(string reason, TimeSpan delay);
}
