using OrleansTicker.Common.Settings;

namespace OrleansTicker.Grains.Ticker;

/// <summary>The timing of the ticker: section <see cref="Section"/>.</summary>
public sealed class TickerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Ticker";

    /// <summary>The time from one turn to the next: 1 ms to 1 minute, 10 ms by default.</summary>
    [SettingRange(Section, "00:00:00.001", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How long the source may deliver no usable price before gateways report it: 1 s to 1 h, 10 s by default.</summary>
    [SettingRange(Section, "00:00:01", "01:00:00")]
    public TimeSpan PriceTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
