using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OrleansTicker.Gateway.Audit;

/// <summary>Registers the audit log.</summary>
internal static class AuditServices
{
    /// <summary>
    /// Adds <see cref="IAuditLog"/>, configured by the section <c>Audit</c>. Call it before adding services that write to it, since what
    /// starts first stops last.
    /// </summary>
    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<AuditOptions, AuditOptionsValidator>().Bind(configuration.GetSection(AuditOptions.Section));
        services.AddSingleton<AuditLog>();
        services.AddSingleton<IAuditLog>(provider => provider.GetRequiredService<AuditLog>());
        services.AddHostedService(provider => provider.GetRequiredService<AuditLog>());
        return services;
    }
}
