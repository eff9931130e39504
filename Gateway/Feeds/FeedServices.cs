namespace OrleansTicker.Gateway.Feeds;

/// <summary>Registers what this gateway knows of the feeds of exchanges.</summary>
internal static class FeedServices
{
    public static IServiceCollection AddFeeds(this IServiceCollection services)
    {
        services.AddSingleton<FeedMetrics>();
        services.AddSingleton<FeedReports>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedReports>());
        return services;
    }
}
