using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Hosting;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Tests.Hosting;

/// <summary>A real silo in this process, a member of the configured cluster.</summary>
internal sealed class SiloHost(IHost host) : IAsyncDisposable
{
    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    public ITickerGrain Ticker => Grains.GetGrain<ITickerGrain>(ITickerGrain.Key);

    public static async Task<SiloHost> StartAsync((string Key, string? Value)[] settings, ScriptedSource? source = null, Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo.Services.MakeSiloLight());
        source?.Install(builder.Services);
        builder.AddTickerSilo();
        configure?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new SiloHost(host);
    }

    /// <summary>Waits for a market that meets a condition.</summary>
    public async Task<MarketSnapshot> MarketAsync(Func<MarketSnapshot, bool> isWanted)
    {
        MarketSnapshot market = null!;
        await Eventually.TrueAsync(async () => isWanted(market = await Ticker.GetMarketAsync(0)), "the ticker has the market that the test waits for");
        return market;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
