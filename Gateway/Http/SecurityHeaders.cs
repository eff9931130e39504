namespace OrleansTicker.Gateway.Http;

/// <summary>Restricts what browsers do with answers to what the pages need.</summary>
internal static class SecurityHeaders
{
    private const string ReferrerPolicy = "Referrer-Policy";
    private const string OpenerPolicy = "Cross-Origin-Opener-Policy";

    /// <summary>Adds the headers to all answers but the one that opens a socket, which no browser shows.</summary>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts(); // Says nothing without TLS.
        }

        app.Use((context, next) =>
        {
            // When the answer begins: by then routing has said what it answers.
            context.Response.OnStarting(static context => Add((HttpContext)context), context);
            return next(context);
        });
    }

    private static Task Add(HttpContext context)
    {
        if (!WebSocketEndpointMetadata.IsFor(context))
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = (context.Features.Get<ContentPolicy>() ?? ContentPolicy.Strict).Text;
            headers.XContentTypeOptions = "nosniff";
            headers[ReferrerPolicy] = "no-referrer";
            headers[OpenerPolicy] = "same-origin";
        }

        return Task.CompletedTask;
    }
}
