using System.Globalization;
using OrleansTicker.LoadTest.Cluster;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>Runs a cluster under load, causes one fault after another, and records what its clients see.</summary>
internal sealed class ChaosRun(ChaosPlan plan, IProgressView progress, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LiveWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReturnTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FinalCheckTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How much longer a gap in the candles may be than clients may be without prices: what a dead silo had not passed on is lost too.</summary>
    private static readonly TimeSpan GapSlack = TimeSpan.FromSeconds(10);

    /// <exception cref="ClusterException">A process does not start or restart.</exception>
    public async Task<ChaosReport> RunAsync(CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        await using var cluster = await LocalCluster.StartAsync(plan.Cluster, progress, time, cancellationToken);
        using var tokens = new TokenSource((await File.ReadAllTextAsync(cluster.ApiKeyPath, cancellationToken)).Trim());
        var field = new ChaosField([.. cluster.Gateways.Select(gateway => gateway.Address)], tokens, time);
        var deaths = new Violations();
        foreach (var member in cluster.Members)
        {
            member.EndedByItself += (ended, code) => deaths.Add(string.Create(CultureInfo.InvariantCulture, $"{ended.Name} ended by itself with code {code}"));
        }

        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var clients = Enumerable.Range(0, plan.Clients).Select(number => new ChaosClient(number, field)).ToList();
        var fresh = new FreshReader(field);
        var probes = cluster.Gateways.Select(gateway => new GatewayProbe(gateway, field)).ToList();
        var statuses = cluster.Exchanges is null ? null : new StatusReader(cluster.Gateways.Last(), field); // The first gateway is the one that dies.
        var scene = new ChaosScene(cluster, field, clients, probes, statuses);
        var tasks = clients.Select(client => Task.Run(() => client.RunAsync(running.Token), CancellationToken.None))
            .Append(Task.Run(() => fresh.RunAsync(running.Token), CancellationToken.None))
            .Concat(probes.Select(probe => Task.Run(() => probe.RunAsync(running.Token), CancellationToken.None)))
            .Append(statuses is null ? Task.CompletedTask : Task.Run(() => statuses.RunAsync(running.Token), CancellationToken.None))
            .ToList();
        try
        {
            await WaitForAllAsync(scene, "connecting", cancellationToken);
            using var candles = await CandleWatch.BeginAsync(field, cancellationToken);
            tasks.Add(Task.Run(() => candles.FollowAsync(running.Token), CancellationToken.None));
            List<FaultReport> faults = [];
            foreach (var fault in plan.Faults)
            {
                faults.Add(await ExecuteAsync(fault, scene, cancellationToken));
            }

            progress.Show("comparing all markets");
            var end = await CheckEndAsync(clients, cancellationToken);
            progress.Show("comparing all candles");
            var outcome = await candles.EndAsync(cancellationToken);
            var gaps = outcome.GapsOf(faults.ConvertAll(fault => fault.StruckAt));
            faults = [.. faults.Select((fault, i) => fault with { CandleGap = gaps[i].TotalSeconds })];
            return new ChaosReport
            {
                Silos = plan.Cluster.Silos,
                Gateways = plan.Cluster.Gateways,
                Clients = plan.Clients,
                Seconds = time.GetElapsedTime(startedAt).TotalSeconds,
                Faults = faults,
                Comparisons = clients.Sum(client => client.Agreed),
                FreshSnapshots = fresh.Snapshots,
                Candles = outcome.Candles.Sum(symbol => symbol.Seconds.Count),
                CandleGap = outcome.Gap.TotalSeconds,
                Violations = [.. field.Violations.First, .. deaths.First],
                Checks =
                [
                    new("no client saw (epoch, seq) go back, a gap, or another market than others", field.Violations.Count == 0, $"{field.Violations.Count:N0} did"),
                    end.Live,
                    end.Agreement,
                    new("no process ended by itself", deaths.Count == 0, $"{deaths.Count:N0} did"),
                    new(
                        string.Create(CultureInfo.InvariantCulture, $"no client was without prices for more than {plan.LongestSilence.TotalSeconds} s"),
                        faults.TrueForAll(fault => fault.LongestSilence <= plan.LongestSilence.TotalSeconds),
                        string.Create(CultureInfo.InvariantCulture, $"{faults.Select(fault => fault.LongestSilence).DefaultIfEmpty().Max():N1} s at most")),
                    ShortfallCheck(faults),
                    .. outcome.Check(isSimulated: cluster.Exchanges is null),
                    GapCheck(faults),
                    .. cluster.Exchanges is null ? [] : FeedChecks.Of(faults, scene.AwayExchanges, plan.LongestSilence),
                ],
            };
        }
        finally
        {
            await running.CancelAsync();
            await Task.WhenAll(tasks);
        }
    }

    /// <summary>Waits, for a limited time, until every client receives prices and has the same market as another.</summary>
    private async Task<ClosingChecks> CheckEndAsync(List<ChaosClient> clients, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        var before = clients.ConvertAll(client => client.Agreed);
        ClosingChecks checks;
        do
        {
            await Task.Delay(PollInterval, time, cancellationToken);
            checks = ClosingChecks.Of(clients.ConvertAll(client => client.IsLive(LiveWithin)), [.. clients.Select((client, i) => client.Agreed > before[i])]);
        }
        while (!(checks.Live.Held && checks.Agreement.Held) && time.GetElapsedTime(since) < FinalCheckTimeout);
        return checks;
    }

    private async Task<FaultReport> ExecuteAsync(Fault fault, ChaosScene scene, CancellationToken cancellationToken)
    {
        progress.Show(fault.Title);
        var slot = plan.Duration / plan.Faults.Count;
        var stage = new FaultStage(scene.Cluster, slot, progress, time);
        if (fault.PrepareAsync is { } prepareAsync)
        {
            await prepareAsync(stage, cancellationToken);
            await WaitForAllAsync(scene, $"before {fault.Title}", cancellationToken);
        }

        var watch = scene.Field.BeginWatch();
        var feeds = scene.WatchFeeds();
        scene.Probes.ForEach(probe => probe.Reset());
        var (struckAt, struckAtTime) = (time.GetTimestamp(), time.GetUtcNow());
        var target = await fault.StrikeAsync(stage, cancellationToken);
        await WaitForAllAsync(scene, $"{fault.Title}: over, waiting for all", cancellationToken);
        if (slot - time.GetElapsedTime(struckAt) is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, time, cancellationToken);
        }

        var report = ReportOf(fault, target, struckAtTime, time.GetElapsedTime(struckAt), watch, scene) with { Feeds = feeds?.End() ?? [] };
        report = report with
        {
            Bar = fault.Bar.ToString(),
            IsBarHeld = fault.Bar.IsHeldBy(report),
            FeedBar = fault.FeedBar?.ToString() ?? "",
            IsFeedBarHeld = fault.FeedBar?.IsHeldBy(report) != false,
        };
        progress.Tell(string.Create(
            CultureInfo.InvariantCulture,
            $"{fault.Title} ({target}): longest silence {report.LongestSilence:N2} s, longest below {TickRate.Least} ticks a second {report.LongestShortfall:N2} s, {report.SocketsClosed} closed. Bar {report.Bar}: {(report.IsBarHeld ? "held" : "missed")}"));
        if (feeds is not null)
        {
            progress.Tell($"{fault.Title}: {FeedTexts.Of(report)}");
        }

        return report;
    }

    private Check ShortfallCheck(List<FaultReport> faults)
    {
        var allowed = plan.Faults.Select(fault => fault.Bar.Failover is { } failover && failover > plan.LongestShortfall ? failover : plan.LongestShortfall);
        var longest = faults.Select(fault => fault.LongestShortfall).DefaultIfEmpty().Max();
        return new Check(
            string.Create(CultureInfo.InvariantCulture, $"no gateway was below {TickRate.Least} ticks a second for more than {plan.LongestShortfall.TotalSeconds} s, or the fault's own bar"),
            faults.Zip(allowed).All(pair => pair.First.LongestShortfall <= pair.Second.TotalSeconds),
            string.Create(CultureInfo.InvariantCulture, $"{longest:N2} s at most"));
    }

    private Check GapCheck(List<FaultReport> faults)
    {
        var allowed = (plan.LongestSilence + GapSlack).TotalSeconds;
        var longest = faults.Select(fault => fault.CandleGap).DefaultIfEmpty().Max();
        return new Check(
            string.Create(CultureInfo.InvariantCulture, $"no fault made a gap of more than {allowed} s in the candles"),
            longest <= allowed,
            string.Create(CultureInfo.InvariantCulture, $"{longest} s at most"));
    }

    private static FaultReport ReportOf(Fault fault, string target, DateTimeOffset struckAt, TimeSpan took, FaultWatch watch, ChaosScene scene)
    {
        var clients = scene.Clients;
        var silences = clients.Select(client => client.SilenceSince(watch).TotalSeconds).Order().ToList();
        var lost = clients.Where(client => client.LastLost == watch).Select(client => client.SilenceSince(watch).TotalSeconds).Order().ToList();
        return new FaultReport
        {
            Fault = fault.Title,
            Target = target,
            StruckAt = struckAt,
            Seconds = took.TotalSeconds,
            LongestSilence = silences[^1],
            SilenceP99 = P99(silences),
            SilenceP99OfLost = P99(lost),
            Shortfalls = new(scene.Probes.ToDictionary(probe => probe.Gateway, probe => probe.LongestShortfall.TotalSeconds), StringComparer.Ordinal),
            LongestPause = scene.Probes.Min(probe => probe.LongestPause).TotalSeconds,
            SocketsClosed = watch.Closes.Values.Sum(),
            Closes = watch.Closes,
            Resumed = watch.Resumed,
            BegunAnew = watch.BegunAnew,
            Refused = watch.Refused,
        };
    }

    private static double P99(List<double> sorted) => sorted.Count == 0 ? 0 : sorted[(int)Math.Ceiling(sorted.Count * 0.99) - 1];

    /// <summary>Waits, for a limited time, until all clients receive prices, and until all exchanges count.</summary>
    private async Task WaitForAllAsync(ChaosScene scene, string what, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        var clients = scene.Clients;
        int live;
        IReadOnlyList<string> away;
        while (((live = clients.Count(client => client.IsLive(LiveWithin))) < clients.Count) | ((away = scene.AwayExchanges).Count > 0) && time.GetElapsedTime(since) < ReturnTimeout)
        {
            progress.Show($"{what}: {live:N0} of {clients.Count:N0} are live{(away.Count > 0 ? $", without {string.Join(", ", away)}" : "")}");
            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }
}
