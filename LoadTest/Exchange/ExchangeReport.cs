using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Exchange;

/// <summary>What a user needs to know of a running exchange.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Symbols">How many symbols it has.</param>
/// <param name="Rate">How many changes a second it makes.</param>
/// <param name="Arguments">The gateway's arguments that connect it.</param>
internal sealed record ExchangeReport(string Address, int Symbols, int Rate, IReadOnlyList<string> Arguments) : IReport
{
    public static ExchangeReport Of(ExchangeServer server, int symbols, int rate) => new(
        $"http://{server.Authority}",
        symbols,
        rate,
        [.. server.Settings.Select(setting => $"--{setting.Key}={setting.Value}")]);

    public void WriteTo(Summary summary)
    {
        summary.WriteLine($"{Symbols} symbols at each exchange, {Rate} changes a second in all. To connect a gateway:");
        summary.WriteLine("");
        summary.WriteLine($"dotnet run --project Gateway -- {string.Join(" \\\n  ", Arguments.Select(Quote))}");
        summary.WriteLine("");
        summary.WriteLine($"To let one misbehave, for example: curl -X POST '{Address}{ControlEndpoint.Path}/kraken?do=frozen'");
        summary.WriteLine($"All that it can be told to do:     curl {Address}{ControlEndpoint.Path}");
        summary.WriteLine("Ctrl-C stops it.");
    }

    // Shells read a question mark as a pattern.
    private static string Quote(string argument) => argument.Contains('?', StringComparison.Ordinal) ? $"'{argument}'" : argument;
}
