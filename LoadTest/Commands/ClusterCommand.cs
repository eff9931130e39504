using System.CommandLine;
using OrleansTicker.LoadTest.Cluster;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Commands;

/// <summary><c>cluster</c>: a cluster on this machine, until it is stopped.</summary>
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
            member.EndedByItself = (ended, code) =>
            {
                // A shell's and the runtime's way to say that a signal ended it.
                Interlocked.Add(ref failures, code > 128 ? 0 : 1);
                error.WriteLine($"{ended.Name} has ended with code {code}");
            };
        }

        await invocation.PrintAsync(ClusterReport.Of(cluster));
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var member in cluster.Members)
        {
            member.EndedByItself = null; // A terminal's Ctrl-C goes to all processes: those that end from now on were meant to.
        }

        await error.WriteLineAsync("stopping");
        var stubborn = await cluster.StopAsync();
        foreach (var member in stubborn)
        {
            await error.WriteLineAsync($"{member.Name} did not stop within {Member.LongestStop.TotalSeconds} s and was killed");
        }

        return failures == 0 && stubborn.Count == 0;
    }
}
