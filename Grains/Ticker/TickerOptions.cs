namespace OrleansTicker.Grains.Ticker;

/// <summary>How the ticker turns. Section <see cref="Section"/>.</summary>
public sealed class TickerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Ticker";

    /// <summary>The time from one turn to the next: 1 ms to 1 minute, 10 ms by default.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Whether every value is in its range.</summary>
    internal bool IsValid => Interval >= TimeSpan.FromMilliseconds(1) && Interval <= TimeSpan.FromMinutes(1);
}
