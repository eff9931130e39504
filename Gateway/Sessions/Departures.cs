namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Lets connections leave the cluster in the background. While the cluster is out of reach that takes long, and neither the request that asked
/// for the socket nor its place among the sockets waits for it. Only a gateway that stops waits, while its silo is still there. Any thread
/// may call it.
/// </summary>
internal sealed class Departures(TimeProvider time) : IHostedService
{
    /// <summary>How long a gateway that stops waits; what has not left by then leaves with the gateway's lease.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _changing = new();
    private readonly HashSet<Task> _leaving = [];

    /// <summary>Begins to let a connection leave.</summary>
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
