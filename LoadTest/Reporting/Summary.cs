using System.Globalization;
using OrleansTicker.LoadTest.Attack;
using OrleansTicker.LoadTest.Chaos;
using OrleansTicker.LoadTest.Cluster;
using OrleansTicker.LoadTest.Load;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OrleansTicker.LoadTest.Reporting;

/// <summary>Writes reports for people.</summary>
internal sealed class Summary(TextWriter output)
{
    private const int WidthOfFiles = 160; // Where no terminal says how wide it is.

    private readonly IAnsiConsole _console = CreateConsole(output);

    public void Write(LoadReport report)
    {
        var figures = TableOf("", report.Url);
        Row(figures, "clients", $"{report.Connected:N0} of {report.Clients:N0}, {report.SlowClients:N0} slow");
        Row(figures, "connects a second", $"{report.ConnectsPerSecond:N0} ({report.ConnectSeconds:N1} s)");
        Row(figures, "frames a second", $"{report.FramesPerSecond:N0} ({report.MegabytesPerSecond:N1} MB/s, {report.Seconds:N1} s)");
        Row(figures, "age of prices", AgeOf(report.Age));
        if (report.SlowClients > 0)
        {
            Row(figures, "age at slow clients", AgeOf(report.SlowAge));
        }

        Row(figures, "conflated ticks", $"{report.ConflatedTicks:N0} ({report.Snapshots:N0} snapshots)");
        Row(figures, "least served over mean", report.LeastServed.ToString("N2", CultureInfo.InvariantCulture));
        Row(figures, "closes by code", report.Closes.Count == 0 ? "none" : string.Join(", ", report.Closes.Select(close => $"{close.Key}: {close.Value:N0}")));
        Row(figures, "errors", report.Errors.Count == 0 ? "none" : string.Join('\n', report.Errors.Select(error => $"{error.Value:N0} × {error.Key}")));
        _console.Write(figures);
        Write(report.Checks);
    }

    public void Write(ClusterReport report)
    {
        var members = TableOf("process", "role", "id", "ports");
        foreach (var member in report.Members)
        {
            Row(members, member.Name, member.Role, $"{member.ProcessId}", string.Join(", ", member.Ports.Select(port => $"{port.Key} {port.Value}")));
        }

        _console.Write(members);
        output.WriteLine($"Redis: {report.Redis}");
        output.WriteLine($"Try:   dotnet run --project LoadTest -- load --url {report.Urls[0]} --api-key $(cat {report.ApiKeyPath}) --clients 500");
        output.WriteLine("Ctrl-C stops all.");
    }

    public void Write(ChaosReport report)
    {
        var faults = TableOf("fault", "hit", "longest silence", "p99", $"below {TickRate.Least}/s", "closed", "resumed / anew", "bar", "");
        foreach (var fault in report.Faults)
        {
            Row(
                faults,
                fault.Fault,
                fault.Target,
                $"{fault.LongestSilence:N2} s",
                $"{fault.SilenceP99:N2} s",
                string.Join('\n', fault.Shortfalls.Select(gateway => $"{gateway.Key} {gateway.Value:N2} s")),
                fault.SocketsClosed == 0 ? "0" : string.Join(", ", fault.Closes.Select(close => $"{close.Value} × {close.Key}")),
                $"{fault.Resumed} / {fault.BegunAnew}",
                fault.Bar,
                fault.IsBarHeld ? "held" : "missed");
        }

        _console.Write(faults);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Silos} silos, {report.Gateways} gateways, {report.Clients} clients, {report.Seconds:N0} s; {report.Comparisons:N0} markets compared, {report.FreshSnapshots} fresh snapshots"));
        foreach (var violation in report.Violations)
        {
            output.WriteLine(violation);
        }

        Write(report.Checks);
    }

    public void Write(AttackReport report)
    {
        var phases = TableOf("attack", "tried", "answers", "honest p50", "p99", "p99 at most doubled", "closed", "gateway");
        foreach (var phase in report.Phases)
        {
            Row(
                phases,
                phase.Name,
                $"{phase.Tried:N0} in {phase.Seconds:N0} s",
                string.Join('\n', phase.Answers.Select(answer => $"{answer.Value:N0} × {answer.Key}")),
                $"{phase.Age?.P50:N1} ms",
                $"{phase.Age?.P99:N1} ms",
                phase.IsBarHeld ? "held" : "missed",
                $"{phase.Closed:N0}",
                $"{phase.Cores:N2} cores, {phase.ResidentMegabytes:N0} MB");
        }

        _console.Write(phases);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Clients:N0} honest clients at {report.Url}; all was back {report.RecoverySeconds:N1} s after the last attack"));
        Write(report.Checks);
    }

    public void Write(IReadOnlyList<Check> checks)
    {
        foreach (var check in checks)
        {
            _console.MarkupLineInterpolated(CultureInfo.InvariantCulture, check.Held
                ? (FormattableString)$"[green]held[/]    {check.Name} ({check.Found})"
                : $"[red]missed[/]  {check.Name} ({check.Found})");
        }
    }

    private static string AgeOf(AgeReport? age) => age is null
        ? "no prices came"
        : string.Create(CultureInfo.InvariantCulture, $"p50 {age.P50:N1}, p90 {age.P90:N1}, p99 {age.P99:N1}, p99.9 {age.P999:N1}, max {age.Max:N1} ms");

    private static Table TableOf(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }

        return table;
    }

    private static void Row(Table table, params string[] cells) => table.AddRow(cells.Select(cell => (IRenderable)new Text(cell)));

    private static IAnsiConsole CreateConsole(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected || output != Console.Out)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }
}
