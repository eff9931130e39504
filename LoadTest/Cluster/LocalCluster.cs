using System.Security.Cryptography;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>A cluster on this machine: silos and gateways as separate processes, and Redis in this process unless a server is configured.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Guard _guard;
    private readonly LocalRedis? _redis;
    private readonly TimeProvider _time;

    private LocalCluster(string folder, Guard guard, LocalRedis? redis, string redisAddress, LocalExchanges? exchanges, TimeProvider time)
    {
        (_folder, _guard, _redis, Redis, Exchanges, _time) = (folder, guard, redis, redisAddress, exchanges, time);
    }

    public IReadOnlyList<Member> Members { get; private set; } = [];

    public IEnumerable<Member> Silos => Members.Where(member => member.Role == MemberRole.Silo);

    public IEnumerable<Member> Gateways => Members.Where(member => member.Role == MemberRole.Gateway);

    /// <summary>The connection string of the cluster's store.</summary>
    public string Redis { get; }

    /// <summary>The exchanges from which the prices come; null if they are simulated.</summary>
    public LocalExchanges? Exchanges { get; }

    /// <summary>The file with an API key that every gateway accepts.</summary>
    public string ApiKeyPath => Path.Combine(_folder, "demo-api-key");

    /// <summary>The silo with the newest ticker.</summary>
    /// <exception cref="ClusterException">No running silo has one.</exception>
    public Member TickersSilo => Silos.Where(silo => silo.TickerEpoch > 0).MaxBy(silo => silo.TickerEpoch)
        ?? throw new ClusterException("No silo runs the ticker.");

    /// <summary>Starts all processes and waits until they are ready.</summary>
    /// <exception cref="ClusterException">A process does not start.</exception>
    public static async Task<LocalCluster> StartAsync(ClusterPlan plan, IProgressView progress, TimeProvider time, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new ClusterException("A local cluster needs the signals and the shell of Linux or macOS.");
        }

        var folder = Directory.CreateTempSubdirectory("orleansticker-cluster-").FullName;
        var guard = new Guard(folder);
        LocalCluster? cluster = null;
        LocalRedis? redis = null;
        LocalExchanges? exchanges = null;
        try
        {
            var ports = FreePorts.Find((2 * plan.Silos) + plan.Gateways + 1);
            redis = plan.Redis is null ? new LocalRedis(ports[^1]) : null;
            exchanges = plan.HasExchanges ? await LocalExchanges.StartAsync(time, cancellationToken) : null;
            cluster = new LocalCluster(folder, guard, redis, plan.Redis ?? redis!.Address, exchanges, time);
            cluster.AddMembers(plan, ports);
            var starting = cluster.Members.Select(member => member.StartAsync(cancellationToken)).ToList();
            progress.Show($"starting {plan.Silos} silos and {plan.Gateways} gateways");
            await Task.WhenAll(starting);
            return cluster;
        }
        catch
        {
            if (cluster is not null)
            {
                await cluster.KillAsync();
            }

            if (exchanges is not null)
            {
                await exchanges.DisposeAsync();
            }

            redis?.Dispose();
            await guard.DisposeAsync();
            throw;
        }
    }

    /// <summary>Shuts down all processes, gateways first.</summary>
    /// <returns>The processes that had to be killed.</returns>
    public async Task<IReadOnlyList<Member>> StopAsync()
    {
        List<Member> stubborn = [];
        foreach (var group in new[] { Gateways, Silos })
        {
            var members = group.ToList();
            var stopped = await Task.WhenAll(members.Select(member => member.StopAsync()));
            stubborn.AddRange(members.Where((_, i) => !stopped[i]));
        }

        return stubborn;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (Exchanges is not null)
        {
            await Exchanges.DisposeAsync();
        }

        _redis?.Dispose();
        await _guard.DisposeAsync(); // This removes the folder.
    }

    private async Task KillAsync() => await Task.WhenAll(Members.Select(member => member.KillAsync()));

    private Dictionary<string, string> HistoryOf(ClusterPlan plan) => new()
    {
        ["History__Provider"] = plan.History is null ? "Sqlite" : "PostgreSql",
        ["History__Path"] = Path.Combine(_folder, "history.db"),
        ["History__ConnectionString"] = plan.History ?? "",
        ["History__KeepSeconds"] = "7.00:00:00", // Those of a long run are compared at its end.
    };

    private void AddMembers(ClusterPlan plan, int[] ports)
    {
        var logs = plan.Logs ?? Path.Combine(_folder, "logs");
        Directory.CreateDirectory(logs);
        var id = $"orleansticker-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var common = new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Development", // For the demo API key.
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Cluster__Redis"] = Redis,
            ["Orleans__ClusterId"] = id,
            ["Orleans__ServiceId"] = id,
            ["Tokens__Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Keys__Path"] = Path.Combine(_folder, "keys.db"),
            ["Logging__Console__FormatterName"] = "json",
            ["Logging__Console__FormatterOptions__TimestampFormat"] = "HH:mm:ss.fff",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
            ["Logging__LogLevel__OrleansTicker.Grains.Ticker"] = "Information",
            ["Logging__LogLevel__OrleansTicker.Grains.Prices.Market"] = "Information",
        };
        foreach (var (key, value) in HistoryOf(plan))
        {
            common.Add(key, value);
        }

        foreach (var (key, value) in Exchanges?.EnvironmentWith(Path.Combine(_folder, "products")) ?? [])
        {
            common.Add(key, value);
        }

        Members =
        [
            .. Enumerable.Range(0, plan.Silos).Select(i => MemberSettings.OfSilo(i + 1, ports[2 * i], ports[(2 * i) + 1], common))
                .Concat(Enumerable.Range(0, plan.Gateways).Select(i => MemberSettings.OfGateway(i + 1, ports[(2 * plan.Silos) + i], common)))
                .Select(settings => new Member(settings, logs, _guard, _time)),
        ];
    }
}
