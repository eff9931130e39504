namespace OrleansTicker.Gateway.Api.Answers;

/// <summary>How long clients may keep answers. Shared caches may keep only what does not depend on the token.</summary>
internal static class Caching
{
    /// <summary>The answer may be kept, and has to be asked for again with its tag before it is used.</summary>
    private const string Revalidated = "private, no-cache";

    /// <summary>The answer never changes. It is kept for a day, so that what has been deleted here does not live on for years.</summary>
    private const string Immutable = "private, max-age=86400, immutable";

    /// <summary>The answer is the same for everybody, and may be used for a few minutes before it is asked for again.</summary>
    private const string Public = "public, max-age=300";

    /// <summary>Marks an answer, and answers 304 to a client that has it already.</summary>
    /// <param name="context">The request. Nothing may have been written before.</param>
    /// <param name="tag">The tag of the answer.</param>
    /// <param name="isImmutable">Whether the answer never changes.</param>
    /// <returns>Whether the client has it, and nothing more is to be written.</returns>
    public static bool IsNotModified(HttpContext context, string tag, bool isImmutable = false) =>
        IsNotModified(context, tag, isImmutable ? Immutable : Revalidated);

    /// <summary>The same for an answer that does not depend on the token, which shared caches may keep too.</summary>
    public static bool IsNotModifiedForAll(HttpContext context, string tag) => IsNotModified(context, tag, Public);

    private static bool IsNotModified(HttpContext context, string tag, string cacheControl)
    {
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = cacheControl;
        if (!EntityTag.IsKnownTo(context.Request, tag))
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
