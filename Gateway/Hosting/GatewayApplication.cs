using OrleansTicker.Gateway.Admin;
using OrleansTicker.Gateway.Api;
using OrleansTicker.Gateway.Health;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Keys.Admin;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Page;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Gateway.Sessions.EventStreams;
using OrleansTicker.Gateway.Tokens;
using OrleansTicker.Grains.Startup;

namespace OrleansTicker.Gateway.Hosting;

/// <summary>The whole gateway, as the program and the tests run it.</summary>
internal static class GatewayApplication
{
    /// <summary>Runs the gateway until it is stopped.</summary>
    /// <param name="args">Settings, such as <c>--Ticker:Interval=00:00:00.010</c>.</param>
    /// <param name="error">Where it writes what keeps it from starting.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter error) =>
        StartFailure.RunAsync("The gateway", () => Build(new WebApplicationOptions { Args = args }), error);

    /// <summary>Builds the gateway without running it.</summary>
    /// <param name="options">Arguments, environment and content root.</param>
    /// <param name="configure">Changes made last, before it is built.</param>
    public static WebApplication Build(WebApplicationOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(options);
        configure?.Invoke(builder);
        builder.UseDefaultAddress().AddCluster().AddGateway();
        return Pipe(builder.Build());
    }

    /// <summary>Adds what a request passes through.</summary>
    private static WebApplication Pipe(WebApplication app)
    {
        app.UseForwarding(); // First, since everything after it has to know who the client is.
        app.UseSecurityHeaders();
        app.UsePage(); // Before routing: files take precedence over the fallback routes, and need no authentication.
        app.UseRouting();
        app.UseCors();
        app.UseApiErrors();
        app.UseRequestLimits();
        app.UseWhen(
            SocketLimitMetadata.IsFor,
            sockets => sockets.Use(app.Services.GetRequiredService<WebSocketLimits>().AdmitAsync));
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseWhen(
            WebSocketEndpointMetadata.IsFor,
            sockets => sockets.Use(SessionUpgradeFeature.InstallAsync).UseWebSockets());

        app.MapTokenExchange();
        app.MapTokenAdmin();
        app.MapKeyAdmin();
        app.MapTickerWebSockets();
        app.MapApi();
        app.MapEventStream();
        app.MapAdmin();
        app.MapHealth();
        app.MapEntry();
        app.MapPageFallback();
        return app;
    }
}
