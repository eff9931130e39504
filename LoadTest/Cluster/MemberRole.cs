namespace OrleansTicker.LoadTest.Cluster;

/// <summary>The role of a process in the cluster.</summary>
internal enum MemberRole
{
    Silo,
    Gateway,
}
