using System.CommandLine;
using OrleansTicker.LoadTest.Api;

namespace OrleansTicker.LoadTest.Commands;

/// <summary><c>api</c>: measures the answers to requests over HTTP.</summary>
internal static class ApiCommand
{
    public static Command Create()
    {
        var url = new Option<Uri>("--url") { Description = "The gateway, such as http://localhost:8081.", Required = true, CustomParser = OptionParsers.Gateway };
        var apiKey = new Option<string?>("--api-key") { Description = "The API key to trade for a token. Without it requests have no token." };
        var path = new Option<string>("--path")
        {
            Description = "What to ask for, with its query, such as \"/api/v1/candles?symbol=BTC-USD&interval=1m&limit=1000\".",
            Required = true,
            CustomParser = OptionParsers.Path,
        };
        var rate = new Option<int?>("--rate")
        {
            Description = "How many requests to make a second, 1 to 100000, at fixed times, whether answers come or not. Without it each connection asks "
                + "again as soon as it has its answer.",
            CustomParser = result => OptionParsers.Between(1, 100_000)(result),
        };
        var connections = new Option<int>("--connections")
        {
            Description = "How many connections to use, 1 to 10000: as many requests are under way at most.",
            DefaultValueFactory = _ => 32,
            CustomParser = OptionParsers.Between(1, 10_000),
        };
        var duration = OptionParsers.DurationOption("--duration", "How long to measure.", TimeSpan.FromSeconds(30));
        var warmUp = OptionParsers.DurationOption("--warm-up", "How long to make requests before.", TimeSpan.FromSeconds(5));
        var command = new Command(
            "api",
            "Asks a gateway for the same thing again and again over HTTP/1.1, and measures how long the answers take to their last byte. With --rate "
            + "this counts from when a request was due, even if all connections were busy then. The exit code is 0 where every request was "
            + "answered, and with 200 to 299 or 304.")
        {
            url, apiKey, path, rate, connections, duration, warmUp,
        };
        return command.WithRun(async (parsed, progress, cancellationToken) =>
        {
            var plan = new ApiPlan
            {
                Gateway = parsed.GetRequiredValue(url),
                ApiKey = parsed.GetValue(apiKey),
                Path = parsed.GetRequiredValue(path),
                Rate = parsed.GetValue(rate),
                Connections = parsed.GetValue(connections),
                Duration = duration.ValueIn(parsed),
                WarmUp = warmUp.ValueIn(parsed),
            };
            using var time = new PromptTime();
            using var run = new ApiRun(plan, progress, time);
            return await run.RunAsync(cancellationToken);
        });
    }
}
