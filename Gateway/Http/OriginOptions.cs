using System.ComponentModel.DataAnnotations;

namespace OrleansTicker.Gateway.Http;

/// <summary>Which pages of other origins may use the gateway. Section <see cref="Section"/>.</summary>
internal sealed class OriginOptions : IValidatableObject
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

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var origin in Origins)
        {
            if (FaultOf(origin) is { } fault)
            {
                yield return new ValidationResult(
                    $"Cors:Origins holds '{origin}', which {fault}: write scheme, host and port only, such as https://example.org, or *.");
                yield break;
            }
        }
    }

    private static string? FaultOf(string origin) =>
        origin == Any ? null
        : origin == "null" ? "is what browsers send for pages without an origin, which anybody can make"
        : WebOrigin.Parse(origin, out var fault) is null ? fault
        : null;
}
