using OrleansTicker.Grains.Interfaces.Ticker;
using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansTicker.Gateway.Market;

/// <summary>
/// The gateway's one subscription to the tick stream. It is renewed in the background, since what it asks may hang with a
/// silo that is gone. For one caller at a time.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="take">Takes a tick; the next one comes when it has ended. The token ends with the subscription's owner.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failures are told.</param>
internal sealed partial class TickSubscription(IClusterClient cluster, Func<Tick, CancellationToken, Task> take, TimeProvider time, ILogger logger)
{
    /// <summary>How long the stream may take to answer.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(3);

    /// <summary>How long a failed attempt is rested from.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private volatile StreamSubscriptionHandle<Tick>? _handle;
    private Task _renewing = Task.CompletedTask;
    private bool _hasFailed;

    /// <summary>Whether the stream has taken a subscription. It may have lost it since.</summary>
    public bool IsHeld => _handle is not null;

    /// <summary>Ends the subscription that is held and makes another one, unless that is under way already.</summary>
    public void Renew(CancellationToken cancellationToken)
    {
        if (_renewing.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            _renewing = RenewAsync(cancellationToken);
        }
    }

    /// <summary>Ends the subscription for good.</summary>
    public async Task EndAsync()
    {
        await _renewing;
        await EndAsync(_handle);
        _handle = null;
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var old = _handle;
        _handle = null;
        await EndAsync(old);
        Task<StreamSubscriptionHandle<Tick>>? subscribing = null;
        try
        {
            subscribing = cluster.GetStreamProvider(TickStream.Provider)
                .GetStream<Tick>(StreamId.Create(TickStream.Namespace, ITickerGrain.Key))
                .SubscribeAsync((tick, _) => take(tick, cancellationToken));
            _handle = await subscribing.WaitAsync(LongestAnswer, time, cancellationToken);
            _hasFailed = false;
        }
        catch (Exception e)
        {
            // Whatever failed, the owner tries again. One that succeeds too late would deliver everything twice.
            _ = EndLateAsync(subscribing);
            if (!_hasFailed && !cancellationToken.IsCancellationRequested)
            {
                LogNotSubscribed(e);
            }

            _hasFailed = true;
            await Task.Delay(Rest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task EndLateAsync(Task<StreamSubscriptionHandle<Tick>>? subscribing)
    {
        if (subscribing is not null)
        {
            await ((Task)subscribing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await EndAsync(subscribing.IsCompletedSuccessfully ? await subscribing : null);
        }
    }

    private async Task EndAsync(StreamSubscriptionHandle<Tick>? handle)
    {
        try
        {
            await (handle?.UnsubscribeAsync() ?? Task.CompletedTask).WaitAsync(LongestAnswer, time);
        }
        catch (Exception e)
        {
            // The stream may have forgotten the subscription, or its silo is gone: either way it is over.
            LogNotEnded(e);
        }
    }

    [LoggerMessage(3002, LogLevel.Warning, "The tick stream cannot be subscribed; trying on")]
    private partial void LogNotSubscribed(Exception e);

    [LoggerMessage(3003, LogLevel.Debug, "The old subscription to the tick stream could not be ended")]
    private partial void LogNotEnded(Exception e);
}
