using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansTicker.Gateway.Http;

/// <summary>Writes JSON answers. Nothing may have been written before.</summary>
internal static class JsonResponse
{
    /// <summary>Answers with a status and a JSON body.</summary>
    /// <param name="context">The request to answer.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">What the body says.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="contentType">Its media type.</param>
    public static Task WriteAsync<T>(HttpContext context, int status, T body, JsonTypeInfo<T> type, string contentType = MediaTypeNames.Application.Json)
    {
        // WriteAsJsonAsync begins the answer before it knows the length, so it sends chunks. Simple clients, the attacker of LoadTest
        // among them, tell by Content-Length where an answer ends on a connection that stays open, and a refusal is shorter with it.
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Answers with a JSON body that nobody may keep.</summary>
    /// <param name="context">The request to answer.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">What the body says.</param>
    /// <param name="type">How it is written.</param>
    public static Task WriteUncachedAsync<T>(HttpContext context, int status, T body, JsonTypeInfo<T> type)
    {
        context.Response.Headers.CacheControl = "no-store";
        return WriteAsync(context, status, body, type);
    }
}
