using System.ComponentModel.DataAnnotations;

namespace OrleansTicker.Gateway.Hosting;

/// <summary>Where the gateway's grains live: section <c>Gateway</c>.</summary>
internal sealed class GatewayClusterOptions : IValidatableObject
{
    /// <summary>The key of <see cref="Silo"/>.</summary>
    public const string SiloKey = "Gateway:Silo";

    /// <summary>The gateway hosts a silo, alone or as a member of the configured cluster.</summary>
    public const string Embedded = "Embedded";

    /// <summary>The gateway is a client of a cluster's silos.</summary>
    public const string External = "External";

    /// <summary><see cref="Embedded"/> (default) or <see cref="External"/>, in any case.</summary>
    public string Silo { get; set; } = Embedded;

    /// <summary>Whether the grains are in other processes only.</summary>
    public bool IsExternal => string.Equals(Silo, External, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsExternal && !string.Equals(Silo, Embedded, StringComparison.OrdinalIgnoreCase))
        {
            yield return new ValidationResult($"{SiloKey} is '{Silo}'; set it to {Embedded} or {External}.");
        }
    }
}
