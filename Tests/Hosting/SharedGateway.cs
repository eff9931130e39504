using System.Collections.Concurrent;
using OrleansTicker.Tests.Hosting;

[assembly: AssemblyFixture(typeof(SharedGateway))]

namespace OrleansTicker.Tests.Hosting;

/// <summary>
/// Gateways with simulated prices, one for each transport, for all tests that change nothing in them. They are started by the first one that needs
/// them.
/// </summary>
public sealed class SharedGateway : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<GatewayHost>>> _hosts = new();

    /// <summary>The gateway with default settings, or with a transport of its own.</summary>
    internal static async Task<GatewayHost> GetAsync(string? transport = null) =>
        await (await TestContext.Current.GetFixture<SharedGateway>())!.StartAsync(transport);

    internal Task<GatewayHost> StartAsync(string? transport = null) =>
        _hosts.GetOrAdd(transport ?? "", _ => new(() => GatewayHost.StartAsync(transport is null ? [] : [Transports.Setting(transport)]))).Value;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            await (await host.Value).DisposeAsync();
        }
    }
}
