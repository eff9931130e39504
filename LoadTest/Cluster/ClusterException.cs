namespace OrleansTicker.LoadTest.Cluster;

/// <summary>The cluster cannot be started or does not do what it should. The message says why.</summary>
internal sealed class ClusterException(string message) : Exception(message);
