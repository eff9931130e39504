namespace OrleansTicker.Tests.Hosting;

/// <summary>The two servers that speak Redis which cluster tests run over.</summary>
public enum RedisKind
{
    /// <summary>Garnet, in the process of the tests: always there.</summary>
    InProcess,

    /// <summary><c>redis-server</c>, as operators run it. Its tests are skipped where it is not installed.</summary>
    Process,
}
