using System.ComponentModel.DataAnnotations;
using OrleansTicker.Common.Settings;

namespace OrleansTicker.Gateway.Shutdown;

/// <summary>How the gateway stops. Section <see cref="Section"/>.</summary>
internal sealed class ShutdownOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Shutdown";

    /// <summary>The part of the timeout that is reserved for the silo and the web server.</summary>
    internal static readonly TimeSpan Reserve = TimeSpan.FromSeconds(5);

    /// <summary>How much of <see cref="Reserve"/> sockets have to leave the cluster once they were cut off.</summary>
    internal static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <summary>How long a client may take to leave after the time that it was told.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>The least time that clients which stayed have to answer the close, even in the last batch.</summary>
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the gateway only reports that it is not ready before it sends clients away: 0 to 5 min, 0 by default. Behind a load
    /// balancer, set it to the time that this takes to notice; otherwise clients are sent back to this gateway.
    /// </summary>
    [SettingRange(Section, "00:00:00", "00:05:00")]
    public TimeSpan ReadinessDelay { get; set; } = TimeSpan.Zero;

    /// <summary>The longest time over which clients are sent away: 0 to 10 min, 10 s by default. With few clients it takes less.</summary>
    [SettingRange(Section, "00:00:00", "00:10:00")]
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The longest time that stopping takes in all: 7 s to 20 min, 30 s by default. Sessions that are left then are cut off.
    /// </summary>
    [SettingRange(Section, "00:00:07", "00:20:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the timeout is long enough for all steps: at least 7 s longer than the two other settings together.</summary>
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
