using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Json;

namespace OrleansTicker.Gateway.Tokens;

/// <summary>Reads the body of a request about a token: a form (RFC 7009, 2.1; RFC 7662, 2.1), or a JSON object with the same field.</summary>
internal static class TokenForm
{
    /// <summary>The longest body, in bytes: some forty times what a token needs.</summary>
    public const int MaxBytes = 4096;

    private const string Field = "token";

    /// <summary>Finds the token. False if there is none, or more than one (RFC 6749, 3.2). Other fields are ignored.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> body, out string token)
    {
        body = StrictJson.SkipMark(body);
        token = Secret.Read(Find(body)) ?? "";
        return token.Length > 0;
    }

    private static string? Find(ReadOnlyMemory<byte> body)
    {
        // Told by the first character and not by the content type, which is what a tool sends that was told nothing of it.
        if (body.Span.TrimStart(" \t\r\n"u8) is [(byte)'{', ..])
        {
            return JsonField.TryRead(body, Field, out var text) ? text : null;
        }

        return Utf8.IsValid(body.Span)
            && QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span)).TryGetValue(Field, out var values)
            && values is [var only]
            ? only
            : null;
    }
}
