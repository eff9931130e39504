using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace OrleansTicker.Gateway.Http;

/// <summary>Reads the one field of a JSON body that matters.</summary>
internal static class JsonField
{
    // Twice the same name may mean two things to two readers (RFC 8259, 4), so such a body counts as no JSON.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Finds a text. False where the body is no JSON object; a field that is missing, empty or no string is null.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, ReadOnlySpan<byte> name, out string? text)
    {
        text = null;

        // A reader may ignore the byte order mark (RFC 8259, 8.1), and some shells write one.
        if (body.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            body = body[Encoding.UTF8.Preamble.Length..];
        }

        if (!Utf8.IsValid(body.Span))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            if (document.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } found)
            {
                text = found;
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second for half of a surrogate pair, as in "\ud800", which is found only where text is read.
            return false;
        }
    }
}
