using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.Tests.Hosting;

/// <summary>
/// Finds a free port on loopback, for programs whose port must be configured. The system does not assign it to clients, so a server that was
/// stopped can use it again.
/// </summary>
internal static class FreePort
{
    public static int Find() => FreePorts.Find(1)[0];
}
