using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Cluster;

/// <summary>
/// Renews this gateway's lease, without which the cluster lets its connections go, and finds out where some may have been lost:
/// a silo has gone, or the lease had run out.
/// </summary>
internal sealed partial class LeaseKeeper(
    IGrainFactory grains,
    GatewayIdentity gateway,
    IGatewayObserver observer,
    TimeProvider time,
    ILogger<LeaseKeeper> logger) : BackgroundService
{
    /// <summary>How long a renewal may take, and how soon it is tried again where it has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);

    private readonly TaskCompletionSource _firstLease = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IGatewayObserver? _reference; // To the observer, which Orleans keeps weakly.
    private GatewayLease? _lease;
    private long _renewedAt;

    /// <summary>Called when connections may have been lost. It must not block.</summary>
    public event Action? ConnectionsLost;

    /// <summary>Whether the lease holds: otherwise the cluster is out of reach.</summary>
    public bool IsHeld => Volatile.Read(ref _lease) is { } lease && time.GetElapsedTime(Interlocked.Read(ref _renewedAt)) < lease.Duration;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        try
        {
            // Before the first socket, so that no connection is older than its gateway's lease.
            await _firstLease.Task.WaitAsync(Patience * 5, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogNoLease();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_lease is null)
        {
            return; // The gateway stops before the cluster has heard of it.
        }

        try
        {
            await Grain.LeaveAsync().WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception e)
        {
            LogNotLeft(e.Message); // The lease runs out.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = await TryRenewAsync(stoppingToken) ? _lease!.Duration / 3 : Retry;
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IGatewayGrain Grain => grains.GetGrain<IGatewayGrain>(gateway.Id);

    private async Task<bool> TryRenewAsync(CancellationToken stoppingToken)
    {
        try
        {
            _reference ??= grains.CreateObjectReference<IGatewayObserver>(observer);
            var askedAt = time.GetTimestamp();
            var lease = await Grain.RenewAsync(_reference).WaitAsync(Patience, time, stoppingToken);
            var hadLapsed = _lease is not null && !IsHeld;
            var hasLostSilo = _lease is not null && _lease.DeadSilos != lease.DeadSilos;
            Interlocked.Exchange(ref _renewedAt, askedAt);
            Volatile.Write(ref _lease, lease);
            _firstLease.TrySetResult();
            if (hadLapsed || hasLostSilo)
            {
                LogConnectionsLost(hasLostSilo ? "a silo has gone" : "the lease had run out");
                ConnectionsLost?.Invoke();
            }

            return true;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e)
        {
            // The loop's edge: whatever failed is tried again.
            LogNotRenewed(e.Message);
            return false;
        }
    }

    [LoggerMessage(3310, LogLevel.Warning, "The gateway's lease could not be renewed, trying on: {Cause}")]
    private partial void LogNotRenewed(string cause);

    [LoggerMessage(3311, LogLevel.Warning, "The gateway has no lease yet; its connections may be let go until it has")]
    private partial void LogNoLease();

    [LoggerMessage(3312, LogLevel.Warning, "The gateway's lease could not be given back; it runs out by itself: {Cause}")]
    private partial void LogNotLeft(string cause);

    [LoggerMessage(3313, LogLevel.Warning, "Connections may have been lost in the cluster ({Cause}); all are looked after")]
    private partial void LogConnectionsLost(string cause);
}
