using OrleansTicker.Common.Settings;

namespace OrleansTicker.Grains.Gateways;

/// <summary>How the cluster notices that a gateway has died: section <see cref="Section"/>.</summary>
internal sealed class LeaseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Leases";

    /// <summary>
    /// How long a lease is valid: 1 s to 1 min, 6 s by default. A gateway renews its lease three times in that time. The connections of a
    /// dead gateway are removed within twice that time, plus the time to notice that its silo has died if it had one.
    /// </summary>
    [SettingRange(Section, "00:00:01", "00:01:00")]
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(6);
}
