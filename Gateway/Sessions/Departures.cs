namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Makes connections leave the cluster in the background. That takes long while the cluster is unreachable, and neither the request nor its
/// WebSocket permit should be held for it. Only a stopping gateway waits, while its silo is still there. Any thread may call it.
/// </summary>
internal sealed class Departures(TimeProvider time) : IHostedService
{
    /// <summary>How long a stopping gateway waits. Connections that have not left by then leave with the gateway's lease.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _changing = new();
    private readonly HashSet<Task> _leaving = [];

    /// <summary>Starts the departure of a connection, without waiting for it.</summary>
    public void Begin(Connection connection)
    {
        var leaving = connection.LeaveAsync();
        lock (_changing)
        {
            _leaving.Add(leaving);
        }

        _ = ForgetAsync(leaving);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] left;
        lock (_changing)
        {
            left = [.. _leaving];
        }

        await Task.WhenAll(left).WaitAsync(Patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ForgetAsync(Task leaving)
    {
        await leaving; // Never throws.
        lock (_changing)
        {
            _leaving.Remove(leaving);
        }
    }
}
