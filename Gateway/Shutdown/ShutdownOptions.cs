using System.ComponentModel.DataAnnotations;
using OrleansTicker.Common.Settings;

namespace OrleansTicker.Gateway.Shutdown;

/// <summary>How the gateway stops. Section <see cref="Section"/>.</summary>
internal sealed class ShutdownOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Shutdown";

    /// <summary>What the silo and the web server are left of the timeout at least.</summary>
    internal static readonly TimeSpan Reserve = TimeSpan.FromSeconds(5);

    /// <summary>How long after the time that it was told a client has left, if it ever does.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>How long those that stayed have at least to answer the close, the last batch included.</summary>
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the gateway only says that it is not ready before it sends clients away: 0 to 5 min, 0 by default. Behind a load
    /// balancer, as long as that takes to notice, or clients are sent back to where they come from.
    /// </summary>
    [SettingRange(Section, "00:00:00", "00:05:00")]
    public TimeSpan ReadinessDelay { get; set; } = TimeSpan.Zero;

    /// <summary>The longest time over which clients are spread that are sent away: 0 to 10 min, 10 s by default. Few take less.</summary>
    [SettingRange(Section, "00:00:00", "00:10:00")]
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time that stopping takes in all: 7 s to 20 min, 30 s by default. What is left then is cut off.</summary>
    [SettingRange(Section, "00:00:07", "00:20:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the timeout is long enough for everything that happens one after the other: 7 s more than the two settings.</summary>
    public bool IsInTime => ReadinessDelay + Drain + Grace + Goodbye + Reserve <= Timeout;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsInTime)
        {
            yield return new ValidationResult("Shutdown:Timeout must be at least 7 s longer than Shutdown:ReadinessDelay and Shutdown:Drain together.");
        }
    }
}
