namespace OrleansTicker.LoadTest.Cluster;

/// <summary>A process of the cluster, as it is told to whoever wants to use it.</summary>
internal sealed record MemberReport(string Name, string Role, int? ProcessId, IReadOnlyDictionary<string, int> Ports);
