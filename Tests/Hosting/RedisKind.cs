namespace OrleansTicker.Tests.Hosting;

/// <summary>The two Redis-compatible servers of cluster tests.</summary>
public enum RedisKind
{
    /// <summary>Garnet, in the process of the tests, which is always available.</summary>
    InProcess,

    /// <summary><c>redis-server</c>, as operators run it. Its tests are skipped if it is not installed.</summary>
    Process,
}
