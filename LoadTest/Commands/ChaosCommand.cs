using System.CommandLine;
using OrleansTicker.LoadTest.Chaos;
using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.LoadTest.Commands;

/// <summary><c>chaos</c>: causes faults in a local cluster and measures what clients notice.</summary>
internal static class ChaosCommand
{
    public static Command Create()
    {
        var cluster = new ClusterOptions(fewest: 2);
        var clients = new Option<int>("--clients") { Description = "How many clients to connect, 1 to 20000.", DefaultValueFactory = _ => 500, CustomParser = OptionParsers.Between(1, 20_000) };
        var duration = OptionParsers.DurationOption("--duration", "How long all faults take together, in equal parts. Each takes longer where it needs longer.", TimeSpan.FromMinutes(2));
        var longestSilence = OptionParsers.DurationOption("--longest-silence", "The longest time without prices that passes.", TimeSpan.FromSeconds(15));
        var longestShortfall = OptionParsers.DurationOption(
            "--longest-shortfall",
            $"The longest time below {TickRate.Least} ticks a second at a gateway that passes. Where a fault takes the ticker away for longer than a death does, its bar does.",
            Bar.LongestShortfall);
        var faults = new NamesOption<Fault>("--faults", "fault", Fault.All, fault => fault.Name);
        faults.Description += $" Without --exchanges, or with fewer than {Fault.SilosForFeeds} silos, {string.Join(", ", Fault.All.Where(fault => fault.NeedsExchanges).Select(fault => fault.Name))} is left out.";
        var command = new Command(
            "chaos",
            "Starts a cluster, connects clients that behave as docs/protocol.md says, and lets one fault after the other happen. The exit code is 0 "
            + "where no client saw (epoch, seq) go back or a gap, every market was the same as others' at the same (epoch, seq) and every client "
            + "ended live, no process ended by itself, and no client was without prices for longer than --longest-silence, and no gateway "
            + "was below 90 ticks a second for longer than --longest-shortfall. With --exchanges, no feed may have reconnected whose silo lived, and "
            + "every exchange has to be back after --longest-silence. The bars beside the figures decide nothing else: they are what a quiet "
            + "machine reaches.");
        cluster.AddTo(command);
        foreach (var option in new Option[] { clients, duration, longestSilence, longestShortfall, faults })
        {
            command.Add(option);
        }

        return command.WithRun((parsed, progress, cancellationToken) =>
        {
            var planned = cluster.PlanOf(parsed);
            if (parsed.GetValue(faults) is { Length: > 0 } named && Array.Find(named, fault => !fault.CanHit(planned)) is { } impossible)
            {
                throw new ClusterException($"'{impossible.Name}' needs --exchanges and --silos {Fault.SilosForFeeds} or more.");
            }

            var plan = new ChaosPlan
            {
                Cluster = planned,
                Clients = parsed.GetValue(clients),
                Duration = duration.ValueIn(parsed),
                Faults = [.. faults.ValueIn(parsed).Where(fault => fault.CanHit(planned))],
                LongestSilence = longestSilence.ValueIn(parsed),
                LongestShortfall = longestShortfall.ValueIn(parsed),
            };
            return new ChaosRun(plan, progress, TimeProvider.System).RunAsync(cancellationToken);
        });
    }
}
