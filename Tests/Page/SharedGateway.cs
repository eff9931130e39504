using OrleansTicker.Tests.Hosting;
using OrleansTicker.Tests.Page;

[assembly: AssemblyFixture(typeof(SharedGateway))]

namespace OrleansTicker.Tests.Page;

/// <summary>A gateway with simulated prices, for all tests that change nothing in it. It is started by the first one that needs it.</summary>
public sealed class SharedGateway : IAsyncDisposable
{
    private readonly Lazy<Task<GatewayHost>> _host = new(() => GatewayHost.StartAsync());

    internal Task<GatewayHost> StartAsync() => _host.Value;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_host.IsValueCreated)
        {
            await (await _host.Value).DisposeAsync();
        }
    }
}
