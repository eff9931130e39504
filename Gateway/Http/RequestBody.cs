namespace OrleansTicker.Gateway.Http;

/// <summary>Reads small bodies of requests.</summary>
internal static class RequestBody
{
    /// <summary>
    /// The body's bytes, or null where there are more than <paramref name="maxBytes"/>, whether their number was told or not, and the
    /// request was answered with 413.
    /// </summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, int maxBytes)
    {
        if (!(context.Request.ContentLength > maxBytes))
        {
            var buffer = new byte[maxBytes + 1];
            var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
            if (length <= maxBytes)
            {
                return buffer.AsMemory(0, length);
            }
        }

        await ErrorResponse.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "request too large");
        return null;
    }
}
