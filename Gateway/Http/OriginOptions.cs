namespace OrleansTicker.Gateway.Http;

/// <summary>Which pages of other origins may use the gateway. Section <see cref="Section"/>.</summary>
internal sealed class OriginOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cors";

    /// <summary>Any origin.</summary>
    public const string Any = "*";

    /// <summary>
    /// The origins, such as <c>https://example.org</c>, or <c>*</c> for any. By default any in Development and none elsewhere;
    /// the gateway's own origin is always allowed.
    /// </summary>
    public string[] Origins { get; set; } = [];
}
