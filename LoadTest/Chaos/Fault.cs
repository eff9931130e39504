using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>A fault in the cluster, after which all processes run again.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its description.</param>
/// <param name="Bar">What the cluster should achieve.</param>
/// <param name="StrikeAsync">Causes the fault, and returns the names of the processes affected.</param>
/// <param name="FeedBar">What should become of the feeds of exchanges; null for nothing in particular.</param>
internal sealed record Fault(string Name, string Title, Bar Bar, Func<FaultStage, CancellationToken, Task<string>> StrikeAsync, FeedBar? FeedBar = null)
{
    /// <summary>How many silos a cluster needs so that one of them has a feed and not the ticker, even after others have died.</summary>
    public const int SilosForFeeds = 3;

    /// <summary>How often feeds are started anew until they are on different silos.</summary>
    private const int MaxSpreads = 5;

    private static readonly TimeSpan TimeToNoticeDeath = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TimeToNoticeHang = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(20);

    /// <summary>All faults, in the order of a run.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("kill-ticker", "kill -9 of the ticker's silo", new Bar(TimeSpan.FromSeconds(1.5), KeepsSockets: true), (stage, stop) =>
            KillAsync(stage, stage.Cluster.TickersSilo, stop), new FeedBar()),
        new("kill-feed", "kill -9 of a silo with a feed, without the ticker", new Bar(TimeSpan.FromSeconds(1), KeepsSockets: true), KillFeedAsync, new FeedBar(Away: TimeSpan.FromSeconds(1), Pause: TimeSpan.FromSeconds(0.1)))
        {
            PrepareAsync = SpreadFeedsAsync,
            NeedsExchanges = true,
        },
        new("kill-silo", "kill -9 of another silo", new Bar(TimeSpan.FromSeconds(1), KeepsSockets: true), (stage, stop) =>
            KillAsync(stage, stage.Cluster.Silos.First(silo => silo != stage.Cluster.TickersSilo), stop), new FeedBar()),
        new("kill-gateway", "kill -9 of a gateway", new Bar(TimeSpan.FromSeconds(2), IsOfMost: true, Resumes: true), (stage, stop) =>
            KillAsync(stage, stage.Cluster.Gateways.First(), stop), new FeedBar()),
        new("kill-gateway-and-ticker", "kill -9 of a gateway and the ticker's silo", new Bar(TimeSpan.FromSeconds(3), IsOfMost: true), KillBothAsync, new FeedBar()),
        new("kill-gateway-restart-ticker", "kill -9 of a gateway, then a restart of the ticker's silo", new Bar(TimeSpan.FromSeconds(3), IsOfMost: true), KillAndRestartAsync, new FeedBar()),
        new("suspend-gateway-kill-ticker", "SIGSTOP of a gateway, then kill -9 of the ticker's silo", new Bar(TimeSpan.FromSeconds(12)), SuspendAndKillAsync, new FeedBar()),
        new("suspend-ticker", "SIGSTOP, SIGCONT of the ticker's silo", new Bar(TimeSpan.FromSeconds(4), KeepsSockets: true, Failover: TimeSpan.FromSeconds(4)), SuspendAsync, new FeedBar()),
        new("rolling-restart", "rolling restart of all processes", new Bar(TimeSpan.FromSeconds(2), Failover: TimeSpan.FromSeconds(2)), RestartAllAsync),
    ];

    /// <summary>Brings the cluster into the state in which the fault means something; null if any will do.</summary>
    public Func<FaultStage, CancellationToken, Task>? PrepareAsync { get; private init; }

    /// <summary>Whether prices have to come from exchanges.</summary>
    public bool NeedsExchanges { get; private init; }

    /// <summary>Whether the fault can be caused in a cluster.</summary>
    public bool CanHit(ClusterPlan plan) => !NeedsExchanges || (plan.HasExchanges && plan.Silos >= SilosForFeeds);

    /// <summary>A silo that has a feed, but neither the ticker nor all feeds: without any, there would be no price.</summary>
    private static Member? FindFeedsSilo(LocalCluster cluster)
    {
        var silos = cluster.Silos.Where(silo => silo.Feeds.Count > 0).ToList();
        return silos.Count > 1 ? silos.Find(silo => silo != cluster.TickersSilo) : null;
    }

    /// <summary>Sees to it that there is such a silo: when the one with most feeds dies, the others share them.</summary>
    private static async Task SpreadFeedsAsync(FaultStage stage, CancellationToken cancellationToken)
    {
        for (var spreads = 0; FindFeedsSilo(stage.Cluster) is null && spreads < MaxSpreads; spreads++)
        {
            stage.Progress.Show("one silo has all feeds; it is killed first");
            await KillAsync(stage, stage.Cluster.Silos.MaxBy(silo => silo.Feeds.Count)!, cancellationToken);
        }
    }

    private static Task<string> KillFeedAsync(FaultStage stage, CancellationToken cancellationToken) =>
        FindFeedsSilo(stage.Cluster) is { } silo
            ? KillAsync(stage, silo, cancellationToken)
            : throw new ClusterException($"All feeds began on one silo, or on the ticker's, each of {MaxSpreads} times: no silo can be killed that has some of them and not the ticker.");

    private static async Task<string> KillAsync(FaultStage stage, Member member, CancellationToken cancellationToken)
    {
        await member.KillAsync();
        await stage.PauseAsync(TimeToNoticeDeath, cancellationToken);
        await member.StartAsync(cancellationToken);
        return member.Name;
    }

    /// <summary>A machine dies on which both were running.</summary>
    private static async Task<string> KillBothAsync(FaultStage stage, CancellationToken cancellationToken)
    {
        var (gateway, silo) = (stage.Cluster.Gateways.First(), stage.Cluster.TickersSilo);
        await Task.WhenAll(gateway.KillAsync(), silo.KillAsync());
        await stage.PauseAsync(TimeToNoticeDeath, cancellationToken);
        await Task.WhenAll(gateway.StartAsync(cancellationToken), silo.StartAsync(cancellationToken));
        return $"{gateway.Name}, {silo.Name}";
    }

    private static async Task<string> KillAndRestartAsync(FaultStage stage, CancellationToken cancellationToken)
    {
        var (gateway, silo) = (stage.Cluster.Gateways.First(), stage.Cluster.TickersSilo);
        await gateway.KillAsync();
        await silo.StopAsync();
        await silo.StartAsync(cancellationToken);
        await gateway.StartAsync(cancellationToken);
        return $"{gateway.Name}, {silo.Name}";
    }

    private static async Task<string> SuspendAndKillAsync(FaultStage stage, CancellationToken cancellationToken)
    {
        var (gateway, silo) = (stage.Cluster.Gateways.First(), stage.Cluster.TickersSilo);
        await gateway.SuspendAsync();
        await silo.KillAsync();
        await stage.PauseAsync(TimeToNoticeHang, cancellationToken);
        await gateway.ResumeAsync();
        await silo.StartAsync(cancellationToken);
        return $"{gateway.Name}, {silo.Name}";
    }

    private static async Task<string> SuspendAsync(FaultStage stage, CancellationToken cancellationToken)
    {
        var silo = stage.Cluster.TickersSilo;
        await silo.SuspendAsync();
        await stage.PauseAsync(TimeToNoticeHang, cancellationToken);
        await silo.ResumeAsync();

        // The others have declared it dead. When it learns that, it ends, because it is no longer a member.
        await silo.Ended.WaitAsync(EndTimeout, stage.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!silo.IsRunning)
        {
            await silo.StartAsync(cancellationToken);
        }

        return silo.Name;
    }

    private static async Task<string> RestartAllAsync(FaultStage stage, CancellationToken cancellationToken)
    {
        foreach (var member in stage.Cluster.Members)
        {
            stage.Progress.Show($"rolling restart: {member.Name}");
            await member.StopAsync();
            await member.StartAsync(cancellationToken);
        }

        return "all";
    }
}
