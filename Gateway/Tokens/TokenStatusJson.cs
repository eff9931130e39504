using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Tokens;

/// <summary>The JSON that describes a token (RFC 7662, 2.2). Null values are left out.</summary>
/// <param name="Active">Whether it is valid. If not, nothing else is given.</param>
/// <param name="Sub">Who acts with it, such as <c>user:demo</c>.</param>
/// <param name="Username">The user's name.</param>
/// <param name="ClientId">The API key that was exchanged for it, such as <c>apikey:2</c>.</param>
/// <param name="Scope">The ids of its policies, with a space between them.</param>
/// <param name="TokenType">How it is presented.</param>
/// <param name="Iat">When it was issued, in Unix seconds.</param>
/// <param name="Exp">When it expires, in Unix seconds.</param>
internal sealed record TokenStatusJson(
    bool Active,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sub = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Username = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ClientId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Scope = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TokenType = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Iat = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Exp = null);
