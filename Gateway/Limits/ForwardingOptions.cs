using System.ComponentModel.DataAnnotations;
using System.Net;

namespace OrleansTicker.Gateway.Limits;

/// <summary>Which proxies are trusted to name the client. Section <see cref="Section"/>.</summary>
internal sealed class ForwardingOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Forwarding";

    /// <summary>
    /// The proxies in front of the gateway, as addresses or networks such as <c>10.0.0.0/8</c>. From them, and from nobody else,
    /// <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. None by default.
    /// </summary>
    public string[] KnownProxies { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KnownProxies.FirstOrDefault(text => Limits.KnownProxies.Parse(text) is null) is { } wrong)
        {
            yield return new ValidationResult(
                $"Forwarding:KnownProxies holds '{wrong}', which {FaultOf(wrong)}: write an address such as 10.0.0.7, or a network such as 10.0.0.0/8.");
        }
    }

    private static string FaultOf(string text) => text.Split('/') switch
    {
        [var address] when !IPAddress.TryParse(address, out _) => "is no address",
        [var address, _] when !IPAddress.TryParse(address, out _) => "begins with no address",
        [_, var length] when !byte.TryParse(length, out _) => "has a prefix that is no number of bits",
        _ => "has a prefix that is longer than its address",
    };
}
