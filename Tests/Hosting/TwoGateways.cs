using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Tests.Hosting;

/// <summary>Two real gateways in this process whose silos form a cluster, with a store that outlives both.</summary>
internal sealed class TwoGateways : IAsyncDisposable
{
    private TwoGateways(RedisServer redis, GatewayHost first, GatewayHost second) => (Redis, First, Second) = (redis, first, second);

    /// <summary>Their store.</summary>
    public RedisServer Redis { get; }

    public GatewayHost First { get; }

    public GatewayHost Second { get; }

    public static Task<TwoGateways> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(RedisKind.InProcess, settings);

    public static async Task<TwoGateways> StartAsync(RedisKind kind, params (string Key, string? Value)[] settings)
    {
        var redis = RedisServer.StartOrSkip(kind);
        try
        {
            var first = await GatewayHost.StartAsync([.. ClusterSettings.Of(redis), .. settings]);
            var gateways = new TwoGateways(redis, first, await GatewayHost.StartAsync([.. ClusterSettings.Of(redis), .. settings]));

            // While a silo joins, two tickers can be active for a moment.
            await Eventually.TrueAsync(() => gateways.HaveOneMarket(), "one market");
            return gateways;
        }
        catch
        {
            redis.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the cluster knows both: they are announced beside the renewals of their leases.</summary>
    public async Task BothAreKnownAsync()
    {
        var registry = First.Grains.GetGrain<IGatewayRegistryGrain>(IGatewayRegistryGrain.Key);
        await Eventually.TrueAsync(async () => (await registry.ListAsync()).Length == 2, "both gateways are in the registry");
    }

    public async ValueTask DisposeAsync()
    {
        await Second.DisposeAsync();
        await First.DisposeAsync();
        Redis.Dispose();
    }

    private bool HaveOneMarket()
    {
        var one = First.Services.GetRequiredService<IMarketFeed>().Newest.At;
        var other = Second.Services.GetRequiredService<IMarketFeed>().Newest.At;
        return one.Epoch == other.Epoch && Math.Min(one.Seq, other.Seq) > 50;
    }
}
