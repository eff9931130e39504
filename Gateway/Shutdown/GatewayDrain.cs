using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Shutdown;

/// <summary>
/// Sends the clients elsewhere before the gateway stops, a batch at a time, so that they do not all come to the next gateway in the
/// same instant: each is told when to go and has its prices until then; who stays is closed.
/// </summary>
internal sealed partial class GatewayDrain(
    GatewayState gateway,
    SessionRegistry sessions,
    IOptions<ShutdownOptions> options,
    TimeProvider time,
    ILogger<GatewayDrain> logger) : IHostedLifecycleService
{
    /// <summary>From batch to batch.</summary>
    internal static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>A batch has so many sessions at least: a gateway takes hundreds of handshakes a second.</summary>
    internal const int SmallestBatch = 50;

    /// <summary>Before the web server and all else stops.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
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
                session.Session.End(CloseReason.GatewayStopping); // Whatever becomes of the close frame, this is why.
                session.Session.Abort();
            }
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

        // Handshakes that were under way may still have ended in sessions.
        while (sessions.Count > 0)
        {
            Close(sessions.Find(SessionSelector.All));
            await WaitAsync(Step, cancellationToken);
        }
    }

    /// <summary>In no order that anything else has, so that no user or address has all its sessions in one batch.</summary>
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
        // Within the step, too, they are spread.
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

    /// <summary>Waits, but no longer than there are sessions.</summary>
    private async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        for (var since = time.GetTimestamp(); sessions.Count > 0 && time.GetElapsedTime(since) < longest;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellationToken);
        }
    }

    [LoggerMessage(3340, LogLevel.Information, "The gateway stops: it is no longer ready, and sends its clients away in {Delay}")]
    private partial void LogNotReady(TimeSpan delay);

    [LoggerMessage(3341, LogLevel.Information, "The gateway stops: {Sessions} sessions are sent elsewhere within {Spread}")]
    private partial void LogDraining(int sessions, TimeSpan spread);

    [LoggerMessage(3342, LogLevel.Warning, "The time for stopping is up; {Sessions} sessions are cut off")]
    private partial void LogTimeUp(int sessions);
}
