using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.Tests.Hosting;

/// <summary>What an operator reads when a program shuts down. The real programs run.</summary>
public sealed class StopTests
{
    private const string Stopping = "Application is shutting down";

    [Fact]
    public async Task A_gateway_of_its_own_stops_with_one_line_at_Ctrl_C()
    {
        using var gateway = ProgramProcess.Start("Gateway");
        await gateway.HasSaidAsync("Application started");

        await StopsQuietlyAsync(gateway, ProgramProcess.Interrupt);
    }

    [Fact]
    public async Task Each_part_of_a_cluster_stops_with_one_line()
    {
        using var redis = new InProcessRedis();
        var settings = ClusterSettings.Of(redis);
        using var silo = ProgramProcess.Start("Silo", settings);
        using var external = ProgramProcess.Start("Gateway", [.. settings, ("Gateway:Silo", "External")]);
        await external.HasSaidAsync("Application started");
        using var member = ProgramProcess.Start("Gateway", settings);
        await member.HasSaidAsync("Application started");

        await StopsQuietlyAsync(external, ProcessSignal.Terminate);
        await StopsQuietlyAsync(member, ProcessSignal.Terminate);
        await StopsQuietlyAsync(silo, ProcessSignal.Terminate);
    }

    private static async Task StopsQuietlyAsync(ProgramProcess program, string signal)
    {
        await program.SignalAsync(signal);

        Assert.Equal(0, await program.EndAsync());
        Assert.Equal("", program.Errors);
        var said = program.Output.SkipWhile(line => !line.Contains(Stopping, StringComparison.Ordinal)).Skip(1).ToList();

        // Orleans' scheduler logs long turns, which can happen to any turn on a busy machine.
        Assert.Empty(said.Where((line, index) => !IsOfScheduler(line) && !(index > 0 && IsOfScheduler(said[index - 1]))));
    }

    private static bool IsOfScheduler(string line) => line.StartsWith("warn: Orleans.Runtime.Scheduler.", StringComparison.Ordinal);
}
