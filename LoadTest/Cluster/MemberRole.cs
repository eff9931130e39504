namespace OrleansTicker.LoadTest.Cluster;

/// <summary>What a process of the cluster is.</summary>
internal enum MemberRole
{
    Silo,
    Gateway,
}
