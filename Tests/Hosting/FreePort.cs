using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.Tests.Hosting;

/// <summary>
/// Finds a port of loopback that nobody listens on, for programs that have to be told theirs. No client is given it meanwhile, so
/// that a server which was stopped can come back to it.
/// </summary>
internal static class FreePort
{
    public static int Find() => FreePorts.Find(1)[0];
}
