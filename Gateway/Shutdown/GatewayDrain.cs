using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Shutdown;

/// <summary>
/// Sends clients to other gateways before this one stops, in batches, so that they do not all reach the next gateway at the same instant.
/// Each client is told when to reconnect and gets prices until then; sessions that stay are closed.
/// </summary>
internal sealed partial class GatewayDrain(
    GatewayState gateway,
    SessionRegistry sessions,
    WebSocketLimits sockets,
    IOptions<ShutdownOptions> options,
    TimeProvider time,
    ILogger<GatewayDrain> logger) : IHostedLifecycleService
{
    /// <summary>The time between two batches.</summary>
    internal static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    /// <summary>The least number of sessions in a batch; a gateway accepts hundreds of handshakes a second.</summary>
    internal const int SmallestBatch = 50;

    private long? _since;

    /// <summary>How much is left of the time for stopping in all.</summary>
    public TimeSpan Left => options.Value.Timeout - (_since is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);

    /// <summary>Drains the sessions before the web server and everything else stops.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _since = time.GetTimestamp();
        gateway.Stop();
        using var deadline = new CancellationTokenSource(options.Value.Timeout - ShutdownOptions.Reserve, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await DrainAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            var left = sessions.Find(SessionSelector.All);
            LogTimeUp(left.Length);
            foreach (var session in left)
            {
                session.Session.End(CloseReason.GatewayStopping); // The reason, whether or not the close frame is sent.
                session.Session.Abort();
            }

            await WaitForSocketsAsync(ShutdownOptions.Farewell, CancellationToken.None);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        if (options.Value.ReadinessDelay > TimeSpan.Zero)
        {
            LogNotReady(options.Value.ReadinessDelay);
            await Task.Delay(options.Value.ReadinessDelay, time, cancellationToken);
        }

        var batches = Batches();
        if (batches.Length > 0)
        {
            LogDraining(batches.Sum(batch => batch.Length), batches.Length * Step);
            for (var number = 0; number < batches.Length; number++)
            {
                Tell(batches[number], number * Step);
            }

            await WaitAsync(ShutdownOptions.Grace, cancellationToken);
            foreach (var batch in batches)
            {
                Close(batch);
                await WaitAsync(Step, cancellationToken);
            }
        }

        // Handshakes in progress may still have become sessions.
        while (sessions.Count > 0)
        {
            Close(sessions.Find(SessionSelector.All));
            await WaitAsync(Step, cancellationToken);
        }

        await WaitForSocketsAsync(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    /// <summary>
    /// Waits for sockets that have left the web server: their sessions are over, but they still say goodbye and leave the cluster. Nobody
    /// else waits for them.
    /// </summary>
    private async Task WaitForSocketsAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        for (var since = time.GetTimestamp(); sockets.Detached > 0 && (longest < TimeSpan.Zero || time.GetElapsedTime(since) < longest);)
        {
            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    /// <summary>Divides the sessions into batches at random, so that no user or address has all its sessions in one.</summary>
    private RegisteredSession[][] Batches()
    {
        var all = sessions.Find(SessionSelector.All).ToArray();
        Random.Shared.Shuffle(all);
        var size = Math.Max(SmallestBatch, (int)Math.Ceiling(all.Length * (Step / Max(options.Value.Drain, Step))));
        return [.. all.Chunk(size)];
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static void Tell(RegisteredSession[] batch, TimeSpan after)
    {
        // The messages are spread within the step, too.
        foreach (var session in batch)
        {
            session.Tell(new ReconnectMessage(after + (Step * Random.Shared.NextDouble())));
        }
    }

    private static void Close(IEnumerable<RegisteredSession> batch)
    {
        foreach (var session in batch)
        {
            session.Session.End(CloseReason.GatewayStopping);
        }
    }

    /// <summary>Waits for a while, or until there are no sessions left.</summary>
    private async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        for (var since = time.GetTimestamp(); sessions.Count > 0 && time.GetElapsedTime(since) < longest;)
        {
            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    [LoggerMessage(3340, LogLevel.Information, "The gateway stops: it is no longer ready, and sends its clients away in {Delay}")]
    private partial void LogNotReady(TimeSpan delay);

    [LoggerMessage(3341, LogLevel.Information, "The gateway stops: {Sessions} sessions are sent elsewhere within {Spread}")]
    private partial void LogDraining(int sessions, TimeSpan spread);

    [LoggerMessage(3342, LogLevel.Warning, "The time for stopping is up; {Sessions} sessions are cut off")]
    private partial void LogTimeUp(int sessions);
}
