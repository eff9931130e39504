using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>What a user needs to know of a running cluster.</summary>
internal sealed record ClusterReport(string Redis, string ApiKeyPath, IReadOnlyList<string> Urls, IReadOnlyList<MemberReport> Members) : IReport
{
    public static ClusterReport Of(LocalCluster cluster) => new(
        cluster.Redis,
        cluster.ApiKeyPath,
        [.. cluster.Gateways.Select(gateway => gateway.Address.ToString())],
        [.. cluster.Members.Select(member => new MemberReport(member.Name, member.Role.ToString(), member.ProcessId, member.Ports))]);

    public void WriteTo(Summary summary) => summary.Write(this);
}
