using OrleansTicker.Gateway.Json;

namespace OrleansTicker.Gateway.Http;

/// <summary>Reads small JSON bodies of requests.</summary>
internal static class JsonBody
{
    /// <summary>The request's body, or null if the request was answered with 413 or 400.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">The longest body.</param>
    /// <param name="read">Reads the fields.</param>
    /// <param name="absent">What an empty body means; null if the body is required.</param>
    public static async Task<T?> ReadAsync<T>(HttpContext context, int maxBytes, Func<JsonFields, T> read, T? absent)
        where T : class
    {
        if (await RequestBody.ReadAsync(context, maxBytes) is not { } body)
        {
            return null;
        }

        if (StrictJson.SkipMark(body).IsEmpty && absent is not null)
        {
            return absent;
        }

        if (!StrictJson.TryRead(body, json => Read(new JsonFields(json), read), out var result))
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, "invalid JSON");
            return null;
        }

        if (result.Error is not null)
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, result.Error);
            return null;
        }

        return result.Request;
    }

    private static (T Request, string? Error) Read<T>(JsonFields fields, Func<JsonFields, T> read)
    {
        var request = read(fields);
        return (request, fields.Error);
    }
}
