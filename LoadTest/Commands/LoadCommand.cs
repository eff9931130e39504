using System.CommandLine;
using OrleansTicker.LoadTest.Load;

namespace OrleansTicker.LoadTest.Commands;

/// <summary><c>load</c>: connects many clients to a gateway.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var url = new Option<Uri>("--url") { Description = "The gateway, such as http://localhost:8081.", Required = true, CustomParser = OptionParsers.Gateway };
        var apiKey = new Option<string>("--api-key") { Description = "The API key to trade for a token.", Required = true };
        var clients = new Option<int>("--clients")
        {
            Description = "How many clients to connect, 1 to 1000000. Each takes a file descriptor here and one in the gateway.",
            DefaultValueFactory = _ => 5000,
            CustomParser = OptionParsers.Between(1, 1_000_000),
        };
        var duration = OptionParsers.DurationOption("--duration", "How long to measure once they are connected.", TimeSpan.FromSeconds(30));
        var symbols = new Option<string[]>("--symbols")
        {
            Description = "Symbols that each client subscribes to, with commas between them. All by default.",
            CustomParser = OptionParsers.Names,
            AllowMultipleArgumentsPerToken = true,
        };
        var slow = OptionParsers.PercentageOption("--slow", $"The part of the clients that read {LoadClient.SlowBytesPerSecond} bytes a second, such as 10%.", 0);
        var command = new Command(
            "load",
            "Connects clients to a gateway and measures what they receive. The exit code is 0 where every client connected and was sent prices, "
            + "each message followed on the one before, the server sent no error, and no socket was closed.")
        {
            url, apiKey, clients, duration, symbols, slow,
        };
        return command.WithRun(async (parsed, progress, cancellationToken) =>
        {
            var plan = new LoadPlan
            {
                Gateway = parsed.GetRequiredValue(url),
                ApiKey = parsed.GetRequiredValue(apiKey),
                Clients = parsed.GetValue(clients),
                Duration = duration.ValueIn(parsed),
                Symbols = parsed.GetValue(symbols) ?? [],
                Slow = slow.ValueIn(parsed),
            };
            using var run = new LoadRun(plan, progress, TimeProvider.System);
            return await run.RunAsync(cancellationToken);
        });
    }
}
