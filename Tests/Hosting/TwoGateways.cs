using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Tests.Hosting;

/// <summary>Two real gateways in this process whose silos are one cluster. The first one keeps the membership: it has to outlive the second.</summary>
internal sealed class TwoGateways : IAsyncDisposable
{
    private TwoGateways(GatewayHost first, GatewayHost second) => (First, Second) = (first, second);

    public GatewayHost First { get; }

    public GatewayHost Second { get; }

    public static async Task<TwoGateways> StartAsync(params (string Key, string? Value)[] settings)
    {
        var primary = FreeEndPoint();
        var first = await GatewayHost.StartAsync(builder => Join(builder, primary, primary), settings);
        try
        {
            var gateways = new TwoGateways(first, await GatewayHost.StartAsync(builder => Join(builder, FreeEndPoint(), primary), settings));

            // While a silo joins, two tickers can live for a moment.
            await Eventually.TrueAsync(() => gateways.HaveOneMarket(), "one market");
            return gateways;
        }
        catch
        {
            await first.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Second.DisposeAsync();
        await First.DisposeAsync();
    }

    private bool HaveOneMarket()
    {
        var one = First.Services.GetRequiredService<IMarketFeed>().Newest.At;
        var other = Second.Services.GetRequiredService<IMarketFeed>().Newest.At;
        return one.Epoch == other.Epoch && Math.Min(one.Seq, other.Seq) > 50;
    }

    private static void Join(WebApplicationBuilder builder, IPEndPoint own, IPEndPoint primary)
    {
        // After what the gateway itself configures, which is a cluster of one.
        builder.Services.PostConfigure<EndpointOptions>(options =>
        {
            options.SiloPort = own.Port;
            options.SiloListeningEndpoint = own;
        });
        builder.Services.PostConfigure<DevelopmentClusterMembershipOptions>(options => options.PrimarySiloEndpoint = primary);
    }

    private static IPEndPoint FreeEndPoint()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
