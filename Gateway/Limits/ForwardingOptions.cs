namespace OrleansTicker.Gateway.Limits;

/// <summary>Whose word is taken for who a client is. Section <see cref="Section"/>.</summary>
internal sealed class ForwardingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Forwarding";

    /// <summary>
    /// The proxies in front of the gateway, as addresses or networks such as <c>10.0.0.0/8</c>. From them, and from nobody else,
    /// <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. None by default.
    /// </summary>
    public string[] KnownProxies { get; set; } = [];
}
