using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansTicker.LoadTest.Attack;

namespace OrleansTicker.LoadTest.Commands;

/// <summary><c>attack</c>: attacks a gateway and measures what its honest clients notice.</summary>
internal static class AttackCommand
{
    public static Command Create()
    {
        var url = new Option<Uri?>("--url")
        {
            Description = "A gateway on this machine, such as http://localhost:8081. By default one is started, as in production, and has keys made for it.",
            CustomParser = LoopbackGateway,
        };
        var apiKey = new Option<string?>("--api-key") { Description = "With --url: the API key of the honest clients, and of attackers that have one." };
        var adminKey = new Option<string?>("--admin-key") { Description = "With --url: the API key of who may read /admin/metrics, where the other one's user may not." };
        var clients = new Option<int>("--clients") { Description = "How many honest clients to connect, 1 to 10000.", DefaultValueFactory = _ => 500, CustomParser = OptionParsers.Between(1, 10_000) };
        var duration = OptionParsers.DurationOption("--duration", "How long the quiet before is measured, and over how long each attack is spread.", TimeSpan.FromSeconds(15));
        var scale = OptionParsers.PercentageOption(
            "--scale", $"The part of each attack's whole number that is made: {string.Join(", ", Attacks.All.Select(attack => $"{attack.Count} {attack.Name}"))}.", 1);
        var attacks = new NamesOption<IAttack>("--attacks", "attack", Attacks.All, attack => attack.Name);
        var command = new Command(
            "attack",
            "Connects honest clients to a gateway on this machine, measures them in quiet, and attacks the gateway from other addresses in one way after "
            + "the other. The exit code is 0 where no honest socket was closed, no attack opened anything that it had no right to, and afterwards the "
            + "gateway's sessions, connections, grains and memory were back. Whether p99 of the honest clients' age at most doubled is told, and "
            + "decides only where it rose to 20 times, and 2 s.")
        {
            url, apiKey, adminKey, clients, duration, scale, attacks,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(url) is null) != (result.GetResult(apiKey) is null))
            {
                result.AddError("--url and --api-key belong together: give both, or neither.");
            }
        });
        return command.WithRun((parsed, progress, cancellationToken) =>
        {
            var plan = new AttackPlan
            {
                Gateway = parsed.GetValue(url),
                ApiKey = parsed.GetValue(apiKey),
                AdminKey = parsed.GetValue(adminKey),
                Clients = parsed.GetValue(clients),
                Duration = duration.ValueIn(parsed),
                Scale = scale.ValueIn(parsed),
                Attacks = attacks.ValueIn(parsed),
            };
            return new AttackRun(plan, progress, TimeProvider.System).RunAsync(cancellationToken);
        });
    }

    private static Uri? LoopbackGateway(ArgumentResult result)
    {
        if (OptionParsers.Gateway(result) is not { } gateway)
        {
            return null;
        }

        if (!gateway.IsLoopback || gateway.Scheme != "http" || gateway.HostNameType == UriHostNameType.IPv6)
        {
            result.AddError($"'{gateway}' is not attacked: only gateways on this machine are, over http and IPv4.");
        }

        return gateway;
    }
}
