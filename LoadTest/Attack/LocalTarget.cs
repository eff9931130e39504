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
    private readonly Guard _guard;
    private readonly Member _member;

    private LocalTarget(Guard guard, Member member, AttackTarget target) => (_guard, _member, Target) = (guard, member, target);

    public AttackTarget Target { get; }

    /// <param name="clients">The number of honest clients. Each group of them has its own key and user.</param>
    /// <param name="duration">How long an attack takes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="ClusterException">It does not start.</exception>
    public static async Task<LocalTarget> StartAsync(int clients, TimeSpan duration, TimeProvider time, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new ClusterException("A gateway of its own needs the signals and the shell of Linux or macOS: give --url and --api-key.");
        }

        var folder = Directory.CreateTempSubdirectory("orleansticker-attack-").FullName;
        var guard = new Guard(folder);
        try
        {
            var environment = EnvironmentOf(folder, duration);
            List<string> honest = [];
            for (var i = 0; i <= (clients - 1) / HonestClients.ClientsEach; i++)
            {
                honest.Add(await CreateKeyAsync($"honest-{i}", "user", environment, cancellationToken));
            }

            var attacker = await CreateKeyAsync("mallory", "user", environment, cancellationToken);
            var admin = await CreateKeyAsync("operator", "admin", environment, cancellationToken);
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
        var start = BuiltPrograms.StartOf(MemberRole.Gateway);
        foreach (var argument in new[] { "keys", "create", "--user", user, "--name", "attack", "--role", role, "--json" })
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
        return process.ExitCode == 0
            ? JsonDocument.Parse(output).RootElement.GetProperty("api_key").GetString()!
            : throw new ClusterException($"No API key could be made for {user}: the gateway's command ended with code {process.ExitCode}.");
    }
}
