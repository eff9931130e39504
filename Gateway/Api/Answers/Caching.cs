namespace OrleansTicker.Gateway.Api.Answers;

/// <summary>How long clients may keep answers. Shared caches may keep none: what an answer holds depends on the token.</summary>
internal static class Caching
{
    /// <summary>The answer may be kept, and has to be asked for again with its tag before it is used.</summary>
    private const string Revalidated = "private, no-cache";

    /// <summary>The answer never changes. It is kept for a day, so that what has been deleted here does not live on for years.</summary>
    private const string Immutable = "private, max-age=86400, immutable";

    /// <summary>Marks an answer, and answers 304 to a client that has it already.</summary>
    /// <param name="context">The request. Nothing may have been written before.</param>
    /// <param name="tag">The tag of the answer.</param>
    /// <param name="isImmutable">Whether the answer never changes.</param>
    /// <returns>Whether the client has it, and nothing more is to be written.</returns>
    public static bool IsNotModified(HttpContext context, string tag, bool isImmutable = false)
    {
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = isImmutable ? Immutable : Revalidated;
        if (!EntityTag.IsKnownTo(context.Request, tag))
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
