using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace OrleansTicker.Gateway.Json;

/// <summary>
/// Reads JSON that comes from outside, in request bodies and WebSocket messages alike: a UTF-8 text that holds one object. A byte order
/// mark before it is skipped, since some shells write one (RFC 8259, 8.1). Duplicate names are refused, since two readers may understand
/// them differently (RFC 8259, 4).
/// </summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>Reads an object.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="read">Reads what is wanted from the object, which is disposed afterwards.</param>
    /// <param name="result">What that returned.</param>
    /// <returns>False if the text is not such an object.</returns>
    public static bool TryRead<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, T> read, out T? result)
    {
        result = default;
        utf8 = SkipMark(utf8);
        if (!Utf8.IsValid(utf8.Span))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            result = read(document.RootElement);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half of a surrogate pair, as in "\ud800", is found only when the text is read.
            return false;
        }
    }

    /// <summary>The text without the byte order mark that may precede it.</summary>
    public static ReadOnlyMemory<byte> SkipMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;

    /// <summary>Reads a whole number, however it is written: 250, 250.0 and 2.5e2 are the same (RFC 8259, 6).</summary>
    /// <param name="json">The value.</param>
    /// <param name="number">The number; one that is too large becomes the largest, one that is too small the smallest.</param>
    /// <returns>False if it is not a whole number.</returns>
    public static bool TryGetWhole(JsonElement json, out long number)
    {
        number = 0;
        if (json.ValueKind != JsonValueKind.Number)
        {
            return false;
        }

        if (json.TryGetInt64(out number))
        {
            return true;
        }

        if (!json.TryGetDouble(out var value) || !double.IsInteger(value))
        {
            return false;
        }

        if (!json.TryGetDecimal(out var exact))
        {
            number = long.CreateSaturating(value);
            return true;
        }

        // The double finds fractions that a decimal rounds to 0; the decimal finds fractions that the double has rounded away.
        number = long.CreateSaturating(exact);
        return decimal.IsInteger(exact);
    }
}
