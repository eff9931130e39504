namespace OrleansTicker.Gateway.Admin;

/// <summary>How <c>/admin</c> answers: whole, and kept by nobody on the way.</summary>
internal static class AdminResponse
{
    public static Task WriteAsync(HttpContext context, string contentType, byte[] body)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
