namespace OrleansTicker.Grains.Ticker;

/// <summary>How the ticker turns. Section <see cref="Section"/>.</summary>
public sealed class TickerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Ticker";

    /// <summary>The time from one turn to the next: 1 ms to 1 minute, 10 ms by default.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How long the source may give no usable price before the gateways say so: 1 s to 1 h, 10 s by default.</summary>
    public TimeSpan PriceTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the interval is in its range.</summary>
    internal bool HasValidInterval => Interval >= TimeSpan.FromMilliseconds(1) && Interval <= TimeSpan.FromMinutes(1);

    /// <summary>Whether the timeout is in its range.</summary>
    internal bool HasValidPriceTimeout => PriceTimeout >= TimeSpan.FromSeconds(1) && PriceTimeout <= TimeSpan.FromHours(1);
}
