using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.ResponseCompression;

namespace OrleansTicker.Gateway.Api.Answers;

/// <summary>
/// Encodes answers, and sends them. The compressed form is the platform's, chosen by the platform from what the client accepts; unlike the
/// platform's middleware, this encodes before it sends, so that answers can be shared, and a slow client costs no more than memory.
/// </summary>
internal sealed class BodyWriter(IResponseCompressionProvider compression)
{
    /// <summary>The shortest body that is worth compressing: a smaller one takes one packet in either form.</summary>
    private const int LeastCompressed = 1400;

    /// <summary>Encodes an answer in the form that the client wants.</summary>
    public Body Encode<T>(HttpContext context, T answer, JsonTypeInfo<T> type) => Form(context, Encode(answer, type));

    /// <summary>Brings an encoded answer into the form that the client wants. The answer is the body's from then on.</summary>
    public Body Form(HttpContext context, ByteChunks plain)
    {
        if (Choose(context, plain) is not { } provider)
        {
            return new Body(plain, null);
        }

        using (plain)
        {
            return Compress(plain, provider);
        }
    }

    /// <summary>Encodes an answer without compression.</summary>
    public static ByteChunks Encode<T>(T answer, JsonTypeInfo<T> type)
    {
        var chunks = new ByteChunks();
        using var writer = new Utf8JsonWriter(chunks, new JsonWriterOptions { SkipValidation = true });
        JsonSerializer.Serialize(writer, answer, type);
        return chunks;
    }

    /// <summary>How a body is to be compressed for a client; null if it is not.</summary>
    public ICompressionProvider? Choose(HttpContext context, ByteChunks plain) =>
        plain.Length >= LeastCompressed && compression.CheckRequestAcceptsCompression(context) ? compression.GetCompressionProvider(context) : null;

    /// <summary>Compresses a body.</summary>
    public static Body Compress(ByteChunks plain, ICompressionProvider provider)
    {
        var chunks = new ByteChunks();
        using (var stream = provider.CreateStream(new ChunkStream(chunks)))
        {
            plain.CopyTo(stream);
        }

        return new Body(chunks, provider.EncodingName);
    }

    /// <summary>Encodes a small answer and sends it.</summary>
    public async Task SendAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type)
    {
        using var body = Encode(context, answer, type);
        await SendAsync(context, body);
    }

    /// <summary>Sends a body that may change, with its tag; 304 to a client that has it already.</summary>
    public static async Task SendTaggedAsync(HttpContext context, Body body)
    {
        if (!Caching.IsNotModified(context, EntityTag.Of(body.Bytes)))
        {
            await SendAsync(context, body);
        }
    }

    /// <summary>Sends a body with status 200.</summary>
    /// <param name="context">The request to answer. Nothing may have been written before.</param>
    /// <param name="body">The body.</param>
    public static Task SendAsync(HttpContext context, Body body)
    {
        var response = context.Response;
        response.ContentType = MediaTypeNames.Application.Json;
        response.ContentLength = body.Bytes.Length;
        if (body.Encoding is { } encoding)
        {
            response.Headers.ContentEncoding = encoding;
        }

        return body.Bytes.CopyToAsync(response.Body, context.RequestAborted);
    }
}
