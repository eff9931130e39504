using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Cluster;

/// <summary>
/// Renews this gateway's lease, without which the cluster removes its connections. It also detects that connections may have been lost,
/// because a silo died or the lease expired.
/// </summary>
internal sealed partial class LeaseKeeper(
    IGrainFactory grains,
    GatewayIdentity gateway,
    IGatewayObserver observer,
    TimeProvider time,
    ILogger<LeaseKeeper> logger) : BackgroundService
{
    /// <summary>How long a renewal may take, and how soon a failed one is tried again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);

    private readonly TaskCompletionSource _firstLease = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IGatewayObserver? _reference; // To the observer, to which Orleans has a weak reference only.
    private GatewayLease? _lease;
    private long _renewedAt;

    /// <summary>Raised when connections may have been lost. Handlers must not block.</summary>
    public event Action? ConnectionsLost;

    /// <summary>Whether the lease is valid; if not, the cluster is unreachable.</summary>
    public bool IsHeld => Volatile.Read(ref _lease) is { } lease && time.GetElapsedTime(Interlocked.Read(ref _renewedAt)) < lease.Duration;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        try
        {
            // Before the first WebSocket, so that no connection is older than its gateway's lease.
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
            return; // The cluster does not know this gateway yet.
        }

        try
        {
            await Grain.LeaveAsync().WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception e)
        {
            LogNotLeft(e.Message); // The lease will expire.
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
            // Whatever failed is tried again.
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
