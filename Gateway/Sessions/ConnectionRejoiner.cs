using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Joins all connections of this gateway again when some may have been lost, since their clients may never send another message. Nobody
/// knows which ones were lost: a dead silo takes its connections with it, and what it knew about others.
/// </summary>
internal sealed partial class ConnectionRejoiner(LeaseKeeper lease, SessionRegistry sessions, TimeProvider time, ILogger<ConnectionRejoiner> logger)
    : BackgroundService
{
    /// <summary>How many join at once; between two batches the cluster can serve others.</summary>
    private const int BatchSize = 100;

    private static readonly TimeSpan BatchPause = TimeSpan.FromMilliseconds(20);

    /// <summary>How soon connections that could not join are tried again.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _lost = new(0);

    public override void Dispose()
    {
        lease.ConnectionsLost -= OnConnectionsLost;
        _lost.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        lease.ConnectionsLost += OnConnectionsLost;
        try
        {
            while (true)
            {
                await _lost.WaitAsync(stoppingToken);
                while (_lost.Wait(0, stoppingToken))
                {
                    // One run is enough for all losses before it.
                }

                await JoinAllAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private void OnConnectionsLost() => _lost.Release();

    private async Task JoinAllAsync(CancellationToken stoppingToken)
    {
        var since = time.GetTimestamp();
        var left = sessions.Find(SessionSelector.All).ToList();
        var joined = 0;
        while (left.Count > 0)
        {
            var missed = new List<RegisteredSession>();
            foreach (var batch in left.Chunk(BatchSize))
            {
                var outcomes = await Task.WhenAll(batch.Select(TryJoinAsync));
                joined += outcomes.Count(isJoined => isJoined);
                missed.AddRange(batch.Where((_, index) => !outcomes[index]));
                await Task.Delay(BatchPause, time, stoppingToken);
            }

            left = missed;
            if (left.Count > 0)
            {
                LogMissed(left.Count);
                await Task.Delay(Retry, time, stoppingToken);
            }
        }

        LogJoined(joined, time.GetElapsedTime(since));
    }

    private async Task<bool> TryJoinAsync(RegisteredSession session)
    {
        try
        {
            await session.Connection.JoinAgainAsync();
            return true;
        }
        catch (Exception e)
        {
            LogNotJoined(session.Session.Id, e.Message);
            return false;
        }
    }

    [LoggerMessage(3330, LogLevel.Information, "All {Connections} connections have joined again, within {Lasted}")]
    private partial void LogJoined(int connections, TimeSpan lasted);

    [LoggerMessage(3331, LogLevel.Warning, "{Connections} connections could not join again yet; trying on")]
    private partial void LogMissed(int connections);

    [LoggerMessage(3332, LogLevel.Debug, "Connection {ConnectionId} could not join again: {Cause}")]
    private partial void LogNotJoined(string connectionId, string cause);
}
