using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Page;

/// <summary>A running gateway with simulated prices, for all tests of a class that change nothing in it.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    private GatewayHost? _host;

    internal GatewayHost Host => _host!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _host = await GatewayHost.StartAsync();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
