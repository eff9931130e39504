using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>The report as text.</summary>
internal static class ClusterReportText
{
    public static void Write(this Summary summary, ClusterReport report)
    {
        var members = Summary.TableOf("process", "role", "id", "ports");
        foreach (var member in report.Members)
        {
            Summary.Row(members, member.Name, member.Role, $"{member.ProcessId}", string.Join(", ", member.Ports.Select(port => $"{port.Key} {port.Value}")));
        }

        summary.Write(members);
        summary.WriteLine($"Redis: {report.Redis}");
        summary.WriteLine($"Try:   dotnet run --project LoadTest -- load --url {report.Urls[0]} --api-key $(cat {report.ApiKeyPath}) --clients 500");
        summary.WriteLine("Ctrl-C stops all.");
    }
}
