using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Limits;

/// <summary>Puts the word of the configured proxies into the requests that they forward.</summary>
internal static class ForwardingPipeline
{
    /// <summary>Client address and scheme as the proxies tell them. Does nothing where no proxy is configured.</summary>
    public static void UseForwarding(this WebApplication app)
    {
        if (app.Services.GetRequiredService<KnownProxies>().IsEmpty)
        {
            return;
        }

        app.UseForwardedHeaders();
        app.Use((context, next) =>
        {
            // Some proxies name the socket's scheme where they forward an upgrade; whoever reads it means the page's.
            context.Request.Scheme = WebOrigin.PageScheme(context.Request.Scheme);
            return next(context);
        });
    }
}
