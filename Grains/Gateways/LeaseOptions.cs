using OrleansTicker.Grains.Interfaces.Settings;

namespace OrleansTicker.Grains.Gateways;

/// <summary>How the cluster finds out that a gateway has died. Section <see cref="Section"/>.</summary>
internal sealed class LeaseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Leases";

    /// <summary>
    /// How long a gateway that is not heard of counts as living: 1 s to 1 min, 6 s by default. It renews its lease three times in
    /// that time; its connections leave after twice that time at most, and a moment for its silo's death where it had one.
    /// </summary>
    [SettingRange(Section, "00:00:01", "00:01:00")]
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(6);
}
