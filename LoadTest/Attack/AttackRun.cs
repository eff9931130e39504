using System.Globalization;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Load;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>Attacks a gateway in several ways and measures what its honest clients notice and what the gateway retains.</summary>
internal sealed class AttackRun(AttackPlan plan, IProgressView progress, TimeProvider time)
{
    /// <summary>How far p99 of the age should rise at most, as a multiple of the quiet phase.</summary>
    private const double Bar = 2;

    /// <summary>How far it may rise before the run fails: far more, because the machine may be busy with other things.</summary>
    private const double FailureFactor = 20;

    /// <summary>How much more memory, as a factor and in MB, counts as the same: the garbage collector decides what it keeps.</summary>
    private const double MemoryFactor = 1.5;
    private const double MemorySlack = 50;

    private static readonly TimeSpan MinFailureAge = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RecoveryTimeout = TimeSpan.FromSeconds(30);

    /// <exception cref="Cluster.ClusterException">The gateway does not start.</exception>
    /// <exception cref="LoadException">The run cannot be executed as planned.</exception>
    /// <exception cref="TokenRefusedException">A key was not accepted.</exception>
    public async Task<AttackReport> RunAsync(CancellationToken cancellationToken)
    {
        if (plan.Gateway is { } gateway)
        {
            return await RunAsync(AttackTarget.Of(gateway, plan.ApiKey!, plan.AdminKey), cancellationToken);
        }

        progress.Show("starting a gateway");
        await using var local = await LocalTarget.StartAsync(plan, time, cancellationToken);
        return await RunAsync(local.Target, cancellationToken);
    }

    private async Task<AttackReport> RunAsync(AttackTarget target, CancellationToken cancellationToken)
    {
        using var exchange = new TokenExchange();
        var token = (await exchange.ExchangeAsync(target.Gateway, target.AttackerKey, cancellationToken)).Value;
        using var figures = new FigureReader(target.Gateway, (await exchange.ExchangeAsync(target.Gateway, target.AdminKey, cancellationToken)).Value);
        await using var honest = new HonestClients(target, plan.Clients, time);
        progress.Show($"connecting {plan.Clients:N0} honest clients");
        await honest.ConnectAsync(cancellationToken);

        // The quiet phase must not include compilation and allocations of the start.
        await Task.Delay(plan.Duration / 3, time, cancellationToken);
        List<PhaseReport> phases = [];
        phases.Add(await MeasureAsync("quiet", "nothing", null, () => Task.Delay(plan.Duration, time, cancellationToken), honest, figures, cancellationToken));
        var before = await figures.ReadAsync(cancellationToken);
        foreach (var attack in plan.Attacks)
        {
            var attackers = new Attackers(target.Gateway, token, plan.Duration, plan.Scale, time);
            var phase = await MeasureAsync(attack.Name, attack.Title, attackers.Answers, () => attack.ExecuteAsync(attackers, cancellationToken), honest, figures, cancellationToken);
            phase = phase with { IsBarHeld = P99Of(phase) <= Bar * P99Of(phases[0]) };
            phases.Add(phase);
            progress.Tell(string.Create(
                CultureInfo.InvariantCulture,
                $"{attack.Title}: {phase.Tried:N0} tried, {string.Join(", ", phase.Answers.Select(answer => $"{answer.Value:N0} × {answer.Key}"))}; honest p99 {P99Of(phase):N1} ms after {P99Of(phases[0]):N1} ms, {phase.Closed} closed"));
        }

        var since = time.GetTimestamp();
        var after = before;
        var recovery = TimeSpan.Zero;
        phases.Add(await MeasureAsync(
            "recovery",
            "nothing any more",
            null,
            async () =>
            {
                (after, recovery) = await RecoverAsync(before, figures, cancellationToken);
                if (plan.Duration - time.GetElapsedTime(since) is { Ticks: > 0 } rest)
                {
                    await Task.Delay(rest, time, cancellationToken);
                }
            },
            honest,
            figures,
            cancellationToken));
        return ReportOf(target, phases, before, after, recovery, honest);
    }

    private async Task<PhaseReport> MeasureAsync(
        string name, string title, Answers? answers, Func<Task> act, HonestClients honest, FigureReader figures, CancellationToken cancellationToken)
    {
        var (closed, before, started) = (honest.Closed, await figures.ReadAsync(cancellationToken), time.GetTimestamp());
        var age = await honest.MeasureAsync(async () =>
        {
            var acting = act();
            while (await Task.WhenAny(acting, Task.Delay(PollInterval, time, CancellationToken.None)) != acting)
            {
                progress.Show($"{title}: {time.GetElapsedTime(started).TotalSeconds:N0} s, {answers?.Total ?? 0:N0} answered, {plan.Clients - honest.Closed:N0} honest sockets open");
            }

            await acting;
        });
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        var after = await figures.ReadAsync(cancellationToken);
        return new PhaseReport
        {
            Name = name,
            Title = title,
            Seconds = seconds,
            Tried = answers?.Total ?? 0,
            Answers = answers?.Counts ?? [],
            Opened = answers?.Opened ?? 0,
            Age = age,
            Closed = honest.Closed - closed,
            Cores = (after.CpuSeconds - before.CpuSeconds) / seconds,
            ResidentMegabytes = after.ResidentMegabytes,
        };
    }

    /// <summary>Waits, for a limited time, until the gateway holds no more than before.</summary>
    private async Task<(GatewayFigures After, TimeSpan Took)> RecoverAsync(GatewayFigures before, FigureReader figures, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var after = await figures.ReadAsync(cancellationToken);
            var took = time.GetElapsedTime(since);
            if (took >= RecoveryTimeout || (AreCountsBack(before, after) && IsMemoryBack(before, after)))
            {
                return (after, took);
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }

    private static bool AreCountsBack(GatewayFigures before, GatewayFigures after) =>
        after.Sessions <= before.Sessions && after.Connections <= before.Connections && after.Grains <= before.Grains;

    private static bool IsMemoryBack(GatewayFigures before, GatewayFigures after) =>
        after.ResidentMegabytes <= (MemoryFactor * before.ResidentMegabytes) + MemorySlack;

    private static double P99Of(PhaseReport phase) => phase.Age?.P99 ?? double.PositiveInfinity;

    private AttackReport ReportOf(AttackTarget target, List<PhaseReport> phases, GatewayFigures before, GatewayFigures after, TimeSpan recovery, HonestClients honest)
    {
        var attacks = phases[1..^1];
        var bound = Math.Max(FailureFactor * P99Of(phases[0]), MinFailureAge.TotalMilliseconds);
        var worst = attacks.Select(P99Of).DefaultIfEmpty().Max();
        string Beside(double then, double now) => string.Create(CultureInfo.InvariantCulture, $"{then:N0} before, {now:N0} after");
        return new AttackReport
        {
            Url = target.Gateway.ToString(),
            Clients = plan.Clients,
            Phases = phases,
            Before = before,
            After = after,
            RecoverySeconds = recovery.TotalSeconds,
            Closes = honest.Closes,
            Checks =
            [
                new("no honest socket was closed", honest.Closed == 0, $"{honest.Closed:N0} closed"),
                new("no attack opened anything", attacks.TrueForAll(phase => phase.Opened == 0), $"{attacks.Sum(phase => phase.Opened):N0} opened"),
                new(
                    string.Create(CultureInfo.InvariantCulture, $"honest p99 stayed below {bound:N0} ms in every attack"),
                    worst <= bound,
                    string.Create(CultureInfo.InvariantCulture, $"{worst:N1} ms at most")),
                new("sessions are back", after.Sessions <= before.Sessions, Beside(before.Sessions, after.Sessions)),
                new("connections are back", after.Connections <= before.Connections, Beside(before.Connections, after.Connections)),
                new("grains are back", after.Grains <= before.Grains, Beside(before.Grains, after.Grains)),
                new("memory is back", IsMemoryBack(before, after), Beside(before.ResidentMegabytes, after.ResidentMegabytes) + " MB"),
            ],
        };
    }
}
