using System.Diagnostics;
using System.Text;
using System.Text.Json;
using OrleansTicker.LoadTest.Cluster;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.LoadTest.Cluster;

/// <summary>The command as a process of its own, for it must leave nothing behind whatever ends it.</summary>
public sealed class ClusterCommandTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Asked_to_stop_it_stops_all_and_leaves_nothing()
    {
        using var tool = Start();
        var (pids, folder) = await ReadAsync(tool);
        Assert.All(pids, pid => Assert.True(IsRunning(pid)));

        await ProcessSignal.SendAsync(tool.Id, ProcessSignal.Terminate);
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, tool.ExitCode);
        Assert.All(pids, pid => Assert.False(IsRunning(pid)));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Killed_it_leaves_nothing_either()
    {
        using var tool = Start();
        var (pids, folder) = await ReadAsync(tool);
        tool.Kill();
        await Eventually.TrueAsync(() => !pids.Any(IsRunning) && !Directory.Exists(folder), "all processes and the folder are gone");
    }

    private static Process Start()
    {
        var start = BuiltProgram.StartOf("LoadTest");
        foreach (var argument in new[] { "cluster", "--silos", "1", "--gateways", "1", "--json" })
        {
            start.ArgumentList.Add(argument);
        }

        start.RedirectStandardOutput = true;
        return Process.Start(start)!;
    }

    private static async Task<(List<int> Pids, string Folder)> ReadAsync(Process tool)
    {
        var json = new StringBuilder();
        string? line;
        do
        {
            line = await tool.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
            json.AppendLine(line);
        }
        while (line is not (null or "}"));

        var report = JsonSerializer.Deserialize<JsonElement>(json.ToString());
        var members = report.GetProperty("members").EnumerateArray().ToList();
        Assert.Equal(["silo-1", "gateway-1"], members.Select(member => member.GetProperty("name").GetString()!));
        Assert.All(members, member => Assert.All(member.GetProperty("ports").EnumerateObject(), port => Assert.True(port.Value.GetInt32() > 0)));
        return (members.ConvertAll(member => member.GetProperty("process_id").GetInt32()), Path.GetDirectoryName(report.GetProperty("api_key_path").GetString())!);
    }

    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
