namespace OrleansTicker.Gateway.Http;

/// <summary>Reads small bodies of requests.</summary>
internal static class RequestBody
{
    /// <summary>The body's bytes, or null where there are more than <paramref name="maxBytes"/>, whether their number was told or not.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        var buffer = new byte[maxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > maxBytes)
        {
            return null;
        }

        return buffer.AsMemory(0, length);
    }
}
