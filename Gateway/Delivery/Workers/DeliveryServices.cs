using OrleansTicker.Gateway.Channels.Ticker;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>Adds what sends prices to sessions.</summary>
internal static class DeliveryServices
{
    /// <summary>The fan-out of the section <c>Fanout</c>, for the sessions of <c>Sessions</c>. Needs what creates an <see cref="ISendTransport"/> for each worker.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<FanoutOptions, FanoutOptionsValidator>().Bind(configuration.GetSection(FanoutOptions.Section));
        services.AddOptionsWithValidateOnStart<TickerSessionOptions, TickerSessionOptionsValidator>()
            .Bind(configuration.GetSection(TickerSessionOptions.Section));
        services.AddSingleton<Views>();
        services.AddSingleton<TickerChannels>();
        services.AddSingleton<FanoutWorkers>();
        services.AddSingleton<SessionMetrics>();
        return services;
    }
}
