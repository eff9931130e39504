using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Telemetry;

namespace OrleansTicker.Gateway.Limits;

/// <summary>Adds the limits.</summary>
internal static class LimitServices
{
    /// <summary>
    /// How many bytes of a connection that nobody has read yet are taken from its socket; the web server's own limit is 1 MiB, which
    /// a few hundred floods multiply.
    /// </summary>
    private const int ReadBuffer = 64 << 10;

    /// <summary>The limits of the section <c>Limits</c>, and the forwarding of <c>Forwarding</c>. Needs <c>AddAudit</c>.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddKeyedSingleton(AuthenticationLimits.Clock, (provider, _) => provider.GetRequiredService<TimeProvider>());
        services.AddOptionsWithValidateOnStart<LimitOptions, LimitOptionsValidator>()
            .Configure<IHostEnvironment>((limits, environment) =>
            {
                if (environment.IsDevelopment())
                {
                    limits.UseDevelopmentLimits();
                }
            })
            .Bind(configuration.GetSection(LimitOptions.Section));
        services.AddForwarding(configuration.GetSection(ForwardingOptions.Section));
        services.AddMetrics();
        services.AddSingleton<RefusalMetrics>();
        services.AddSingleton<AuthenticationLimits>();
        services.AddSingleton<ReadLimits>();
        services.AddSingleton<CandleReadLimits>();
        services.AddSingleton<WebSocketLimits>();
        services.AddSingleton<TcpConnectionLimit>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitOptions>, TcpConnectionLimit>(Configure);
        services.AddOptions<SocketTransportOptions>().Configure<IOptions<LimitOptions>>(
            (sockets, limits) => sockets.MaxReadBufferSize = Math.Max(ReadBuffer, limits.Value.HeaderBytes));
        return services;
    }

    /// <summary>Limits requests to endpoints that bear <see cref="RequestLimitMetadata"/> or <see cref="ReadLimitMetadata"/>. Needs routing before it.</summary>
    public static void UseRequestLimits(this IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<AuthenticationLimits>();
        app.UseWhen(RequestLimitMetadata.IsFor, limited => limited.Use(limits.AdmitAsync));
        var reads = app.ApplicationServices.GetRequiredService<ReadLimits>();
        app.UseWhen(ReadLimitMetadata.IsFor, limited => limited.Use(reads.AdmitAsync));
    }

    private static void AddForwarding(this IServiceCollection services, IConfigurationSection section)
    {
        services.AddOptionsWithValidateOnStart<ForwardingOptions, ForwardingOptionsValidator>()
            .Bind(section)
            .ValidateList(section, nameof(ForwardingOptions.KnownProxies));
        services.AddSingleton<KnownProxies>();
        services.AddOptions<ForwardedHeadersOptions>().PostConfigure<KnownProxies>((forwarded, proxies) => proxies.Configure(forwarded));
    }

    private static void Configure(KestrelServerOptions kestrel, IOptions<LimitOptions> options, TcpConnectionLimit connections)
    {
        var limits = options.Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = limits.Connections;
        kestrel.Limits.KeepAliveTimeout = limits.IdleTimeout;
        kestrel.Limits.RequestHeadersTimeout = limits.HeaderTimeout;
        kestrel.Limits.MaxRequestHeadersTotalSize = limits.HeaderBytes;
        kestrel.Limits.MaxRequestLineSize = limits.HeaderBytes / 2;
        kestrel.Limits.MaxRequestHeaderCount = limits.Headers;
        kestrel.Limits.MaxRequestBodySize = limits.BodyBytes;
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection => connections.AdmitAsync(connection, next)));
    }
}
