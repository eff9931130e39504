using System.Diagnostics.CodeAnalysis;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansTicker.Gateway.Http;

/// <summary>Small JSON bodies of requests and answers.</summary>
internal static class JsonBody
{
    /// <summary>The request's body, or null where it was answered with what is wrong with it: 413 or 400.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">The longest body.</param>
    /// <param name="type">What it holds.</param>
    /// <param name="absent">What stands for a body that is empty; null where there must be one.</param>
    public static async Task<T?> ReadAsync<T>(HttpContext context, int maxBytes, JsonTypeInfo<T> type, T? absent)
        where T : class
    {
        if (await RequestBody.ReadAsync(context.Request, maxBytes, context.RequestAborted) is not { } body)
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "request too large");
            return null;
        }

        if (body.IsEmpty && absent is not null)
        {
            return absent;
        }

        if (!TryParse(body.Span, type, out var request))
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, "invalid JSON");
            return null;
        }

        return request;
    }

    /// <summary>Answers with JSON that nobody may keep.</summary>
    public static Task WriteAsync<T>(HttpContext context, int status, T body, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = MediaTypeNames.Application.Json;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    private static bool TryParse<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? request)
        where T : class
    {
        try
        {
            request = JsonSerializer.Deserialize(body, type);
            return request is not null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second for half of a surrogate pair, which is found only where text is read.
            request = null;
            return false;
        }
    }
}
