namespace OrleansTicker.Gateway.Sessions.EventStreams;

/// <summary>The headers of a stream.</summary>
internal static class StreamHeaders
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/event-stream";

    /// <summary>Sets the headers. Nothing may have been written before.</summary>
    /// <param name="response">The response.</param>
    /// <param name="ownChunks">Whether the session frames the chunks, and not the web server.</param>
    public static void Set(HttpResponse response, bool ownChunks)
    {
        var headers = response.Headers;
        headers.ContentType = ContentType;
        headers.CacheControl = "no-store, no-transform"; // Whoever compresses on the way, buffers.
        headers["X-Accel-Buffering"] = "no"; // For nginx.
        if (HttpProtocol.IsHttp2(response.HttpContext.Request.Protocol) || HttpProtocol.IsHttp3(response.HttpContext.Request.Protocol))
        {
            return;
        }

        headers.Connection = "close"; // The kernel's limits on this connection are those of a stream, and are not for other answers.
        if (ownChunks)
        {
            headers.TransferEncoding = "chunked";
        }
    }
}
