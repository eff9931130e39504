using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Channels.Ticker;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>Registers the services that send prices to sessions.</summary>
internal static class DeliveryServices
{
    /// <summary>
    /// Adds the workers, configured by the sections <c>Fanout</c> and <c>Sessions</c>. Each worker has its own <see cref="ISendTransport"/>.
    /// </summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<FanoutOptions, FanoutOptionsValidator>().Bind(configuration.GetSection(FanoutOptions.Section));
        services.AddSingleton<IValidateOptions<FanoutOptions>, UringValidator>();
        services.AddOptionsWithValidateOnStart<TickerSessionOptions, TickerSessionOptionsValidator>()
            .Bind(configuration.GetSection(TickerSessionOptions.Section));
        services.AddSingleton<Views>();
        services.AddSingleton<StatusFrames>();
        services.AddSingleton<TickerChannels>();
        services.AddSingleton<SendTransports>();
        services.AddSingleton<FanoutWorkers>();
        services.AddSingleton<SessionMetrics>();
        return services;
    }
}
