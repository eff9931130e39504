namespace OrleansTicker.LoadTest.Cluster;

/// <summary>What a user needs to know of a process of the cluster.</summary>
internal sealed record MemberReport(string Name, string Role, int? ProcessId, IReadOnlyDictionary<string, int> Ports);
