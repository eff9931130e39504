using Microsoft.AspNetCore.Builder;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>Tests of sessions that hold whichever way the bytes go: written to the socket by the worker, or by the web server.</summary>
/// <param name="transport">How frames get to the sockets (Fanout:Transport).</param>
public abstract class TransportTest(string transport)
{
    private protected Task<GatewayHost> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(null, settings);

    /// <summary>A gateway that other tests use as well, and in which nothing may be changed.</summary>
    private protected Task<GatewayHost> SharedAsync() => SharedGateway.GetAsync(transport);

    private protected Task<GatewayHost> StartAsync(Action<WebApplicationBuilder>? configure, params (string Key, string? Value)[] settings) =>
        GatewayHost.StartAsync(configure, [Transports.Setting(transport), .. settings]);
}
