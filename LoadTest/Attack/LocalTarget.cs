using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>
/// A gateway in its own process, configured as in production, with the default limits and new API keys. Only timeouts that are longer than an
/// attack are shortened.
/// </summary>
internal sealed class LocalTarget : IAsyncDisposable
{
    /// <summary>How long before the start the history ends: the gateway's own begins with the start.</summary>
    private static readonly TimeSpan HistoryAge = TimeSpan.FromMinutes(1);

    /// <summary>How long the history of a full attack is, in minutes and in seconds: as long as they are kept.</summary>
    private static readonly TimeSpan HistoryLength = TimeSpan.FromDays(29);
    private static readonly TimeSpan SecondsLength = TimeSpan.FromMinutes(55);

    private readonly Guard _guard;
    private readonly Member _member;

    private LocalTarget(Guard guard, Member member, AttackTarget target) => (_guard, _member, Target) = (guard, member, target);

    public AttackTarget Target { get; }

    /// <param name="plan">The run. Each group of honest clients has its own key and user.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="ClusterException">It does not start.</exception>
    public static async Task<LocalTarget> StartAsync(AttackPlan plan, TimeProvider time, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new ClusterException("A gateway of its own needs the signals and the shell of Linux or macOS: give --url and --api-key.");
        }

        var folder = Directory.CreateTempSubdirectory("orleansticker-attack-").FullName;
        var guard = new Guard(folder);
        try
        {
            var environment = EnvironmentOf(folder, plan.Duration);
            List<string> honest = [];
            for (var i = 0; i <= (plan.Clients - 1) / HonestClients.ClientsEach; i++)
            {
                honest.Add(await CreateKeyAsync($"honest-{i}", "user", environment, cancellationToken));
            }

            var attacker = await CreateKeyAsync("mallory", "user", environment, cancellationToken);
            var admin = await CreateKeyAsync("operator", "admin", environment, cancellationToken);
            if (plan.Attacks.Any(attack => attack is HistoryFlood))
            {
                var file = Path.Combine(folder, "history.csv");
                await InventedHistory.WriteAsync(file, time.GetUtcNow() - HistoryAge, HistoryLength * plan.Scale, SecondsLength * plan.Scale, cancellationToken);
                await RunAsync(["history", "import", file, "--covered"], environment, "The history could not be imported", cancellationToken);
            }

            var member = new Member(MemberSettings.OfSoleGateway(FreePorts.Find(1)[0], environment), folder, guard, time);
            try
            {
                await member.StartAsync(cancellationToken);
                return new LocalTarget(guard, member, new AttackTarget(member.Address, honest, attacker, admin));
            }
            catch
            {
                await member.KillAsync();
                throw;
            }
        }
        catch
        {
            await guard.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _member.KillAsync();
        await _guard.DisposeAsync(); // This removes the folder.
    }

    private static Dictionary<string, string> EnvironmentOf(string folder, TimeSpan duration)
    {
        string AtMost(double seconds, double part) => TimeSpan.FromSeconds(Math.Max(1, Math.Min(seconds, duration.TotalSeconds * part))).ToString("c", CultureInfo.InvariantCulture);
        return new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Tokens__Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Keys__Path"] = Path.Combine(folder, "keys.db"),
            ["History__Provider"] = "Sqlite",
            ["History__Path"] = Path.Combine(folder, "history.db"),
            ["Audit__Folder"] = Path.Combine(folder, "audit"),
            ["Limits__IdleTimeout"] = AtMost(20, 0.6),
            ["Limits__HeaderTimeout"] = AtMost(10, 0.6),
            ["Sessions__StallTimeout"] = AtMost(30, 0.6),
            ["Sessions__KeepAliveInterval"] = AtMost(15, 0.3),
            ["Sessions__KeepAliveTimeout"] = AtMost(15, 1), // Long enough for an honest client on a busy machine.
            ["Logging__Console__FormatterName"] = "json",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
        };
    }

    private static async Task<string> CreateKeyAsync(string user, string role, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var output = await RunAsync(
            ["keys", "create", "--user", user, "--name", "attack", "--role", role, "--json"], environment, $"No API key could be made for {user}", cancellationToken);
        return JsonDocument.Parse(output).RootElement.GetProperty("api_key").GetString()!;
    }

    /// <summary>Runs a command of the gateway.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="ClusterException">It failed.</exception>
    private static async Task<string> RunAsync(string[] command, Dictionary<string, string> environment, string failure, CancellationToken cancellationToken)
    {
        var start = BuiltPrograms.StartOf(MemberRole.Gateway);
        foreach (var argument in command)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output : throw new ClusterException($"{failure}: the gateway's command ended with code {process.ExitCode}.");
    }
}
