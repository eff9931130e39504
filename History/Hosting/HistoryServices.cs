using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansTicker.History.PostgreSql;
using OrleansTicker.History.Sqlite;

namespace OrleansTicker.History.Hosting;

/// <summary>Registers the history.</summary>
public static class HistoryServices
{
    /// <summary>
    /// Adds <see cref="IHistoryStore"/> as the section <c>History</c> says, in a host with a content root. A wrong setting stops the start.
    /// </summary>
    public static IServiceCollection AddHistory(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<HistoryOptions, HistoryOptionsValidator>()
            .Bind(configuration.GetSection(HistoryOptions.Section));
        services.TryAddSingleton(Create);
        return services;
    }

    private static IHistoryStore Create(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<HistoryOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        return options switch
        {
            _ when options.IsProvider(HistoryOptions.None) => new NoHistory(),
            _ when options.IsProvider(HistoryOptions.PostgreSql) => new PostgreSqlHistoryStore(options.ConnectionString, time),
            _ => new SqliteHistoryStore(
                Path.GetFullPath(options.Path, provider.GetRequiredService<IHostEnvironment>().ContentRootPath), time),
        };
    }
}
