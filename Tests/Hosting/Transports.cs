using OrleansTicker.Gateway.Delivery.Uring;

namespace OrleansTicker.Tests.Hosting;

/// <summary>The ways in which frames get to the sockets, for tests that hold for each of them.</summary>
internal static class Transports
{
    /// <summary>All of them, by their names in the settings.</summary>
    public static TheoryData<string> All => ["Uring", "Send", "Stream"];

    /// <summary>The setting that chooses one. Skips the test if this machine does not have it.</summary>
    public static (string Key, string? Value) Setting(string transport)
    {
        if (transport == "Uring")
        {
            SkipWithoutUring();
        }

        return ("Fanout:Transport", transport);
    }

    /// <summary>Skips the test on a machine without io_uring.</summary>
    public static void SkipWithoutUring()
    {
        using var ring = UringSetup.TryCreate(1, out var reason);
        Assert.SkipWhen(ring is null, $"No io_uring: {reason}.");
    }
}
