using System.CommandLine;
using OrleansTicker.LoadTest.Cluster;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Commands;

/// <summary><c>cluster</c>: runs a cluster on this machine until it is stopped.</summary>
internal static class ClusterCommand
{
    public static Command Create()
    {
        var cluster = new ClusterOptions(fewest: 1);
        var command = new Command(
            "cluster",
            "Starts silos and gateways as processes on this machine, tells where they are, and runs until Ctrl-C, which stops all and leaves "
            + "nothing behind. It restarts nothing by itself: kill what you like. The exit code is 0 where every process was started, none ended "
            + "that was not killed by a signal, and all stopped in time.");
        cluster.AddTo(command);
        return command.WithAction((invocation, cancellationToken) => RunAsync(cluster.PlanOf(invocation.Parsed), invocation, cancellationToken));
    }

    private static async Task<bool> RunAsync(ClusterPlan plan, Invocation invocation, CancellationToken cancellationToken)
    {
        var error = invocation.Error;
        await using var cluster = await ProgressView.WatchAsync(
            error, TimeProvider.System, progress => LocalCluster.StartAsync(plan, progress, TimeProvider.System, cancellationToken));
        var failures = 0;
        foreach (var member in cluster.Members)
        {
            member.EndedByItself += OnEnded;
        }

        await invocation.PrintAsync(ClusterReport.Of(cluster));
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var member in cluster.Members)
        {
            member.EndedByItself -= OnEnded; // A terminal sends Ctrl-C to all processes, so they are expected to end now.
        }

        await error.WriteLineAsync("stopping");
        var stubborn = await cluster.StopAsync();
        foreach (var member in stubborn)
        {
            await error.WriteLineAsync($"{member.Name} did not stop within {Member.StopTimeout.TotalSeconds} s and was killed");
        }

        return failures == 0 && stubborn.Count == 0;

        void OnEnded(Member ended, int code)
        {
            // Shells and the runtime report a signal by a code above 128.
            Interlocked.Add(ref failures, code > 128 ? 0 : 1);
            error.WriteLine($"{ended.Name} has ended with code {code}");
        }
    }
}
