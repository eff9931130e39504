using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Simulated;

/// <summary>A simulated market.</summary>
internal sealed class SimulatedKind(IOptions<SimulatedOptions> options, TimeProvider time) : IPriceSourceKind
{
    public string Name => "Simulated";

    public static void Add(IServiceCollection services, IConfiguration configuration) =>
        services.AddPriceSource<SimulatedKind, SimulatedOptions, SimulatedOptionsValidator>(configuration, SimulatedOptions.Section)
            .Configure(simulated => simulated.FindUnreadable(configuration.GetSection(SimulatedOptions.Section)))
            .PostConfigure(simulated => simulated.FillIn());

    public void Validate() => _ = options.Value;

    public IPriceSource Create(IReadOnlyCollection<Quote> known) => new SimulatedSource(options.Value, time, known);
}
