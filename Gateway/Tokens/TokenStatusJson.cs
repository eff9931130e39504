using System.ComponentModel;
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
    [property: Description("Whether it is valid. If not, nothing else is there.")] bool Active,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("Who acts with it, such as user:demo.")] string? Sub = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("The name of the user.")] string? Username = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("The API key that was exchanged for it, such as apikey:2.")] string? ClientId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("The ids of its policies, with a space between them.")] string? Scope = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("How it is presented.")] string? TokenType = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("When it was issued, in Unix seconds.")] long? Iat = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("When it expires, in Unix seconds.")] long? Exp = null);
