namespace OrleansTicker.Gateway.Http;

/// <summary>Restricts what browsers do with answers to what the page needs.</summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// Scripts, styles and pictures from here only and none of them inline, data from here only (which includes sockets: CSP 3,
    /// 6.7.2.8), no frames either way, no plug-ins.
    /// </summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

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
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers[ReferrerPolicy] = "no-referrer";
            headers[OpenerPolicy] = "same-origin";
        }

        return Task.CompletedTask;
    }
}
