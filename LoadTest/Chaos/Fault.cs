using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>A fault in the cluster, after which all processes run again.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its description.</param>
/// <param name="Bar">What the cluster should achieve.</param>
/// <param name="StrikeAsync">Causes the fault, and returns the names of the processes affected.</param>
internal sealed record Fault(string Name, string Title, Bar Bar, Func<FaultStage, CancellationToken, Task<string>> StrikeAsync)
{
    private static readonly TimeSpan TimeToNoticeDeath = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TimeToNoticeHang = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(20);

    /// <summary>All faults, in the order of a run.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("kill-ticker", "kill -9 of the ticker's silo", new Bar(TimeSpan.FromSeconds(1.5), KeepsSockets: true), (stage, stop) =>
            KillAsync(stage, stage.Cluster.TickersSilo, stop)),
        new("kill-silo", "kill -9 of another silo", new Bar(TimeSpan.FromSeconds(1), KeepsSockets: true), (stage, stop) =>
            KillAsync(stage, stage.Cluster.Silos.First(silo => silo != stage.Cluster.TickersSilo), stop)),
        new("kill-gateway", "kill -9 of a gateway", new Bar(TimeSpan.FromSeconds(2), IsOfMost: true, Resumes: true), (stage, stop) =>
            KillAsync(stage, stage.Cluster.Gateways.First(), stop)),
        new("kill-gateway-and-ticker", "kill -9 of a gateway and the ticker's silo", new Bar(TimeSpan.FromSeconds(3), IsOfMost: true), KillBothAsync),
        new("kill-gateway-restart-ticker", "kill -9 of a gateway, then a restart of the ticker's silo", new Bar(TimeSpan.FromSeconds(3), IsOfMost: true), KillAndRestartAsync),
        new("suspend-gateway-kill-ticker", "SIGSTOP of a gateway, then kill -9 of the ticker's silo", new Bar(TimeSpan.FromSeconds(12)), SuspendAndKillAsync),
        new("suspend-ticker", "SIGSTOP, SIGCONT of the ticker's silo", new Bar(TimeSpan.FromSeconds(4), KeepsSockets: true, Failover: TimeSpan.FromSeconds(4)), SuspendAsync),
        new("rolling-restart", "rolling restart of all processes", new Bar(TimeSpan.FromSeconds(2), Failover: TimeSpan.FromSeconds(2)), RestartAllAsync),
    ];

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
