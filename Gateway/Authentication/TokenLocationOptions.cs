namespace OrleansTicker.Gateway.Authentication;

/// <summary>Where requests may carry a token. Section <see cref="Section"/>, which the silos share.</summary>
internal sealed class TokenLocationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Tokens";

    /// <summary>Whether the query may hold a token. On by default: some clients can set neither headers nor subprotocols.</summary>
    public bool AllowQuery { get; set; } = true;
}
