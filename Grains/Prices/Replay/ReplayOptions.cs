namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>A recording that is played: section <c>Ticker:Replay</c>.</summary>
internal sealed class ReplayOptions
{
    public const string Section = "Ticker:Replay";

    /// <summary>The recording; a relative path begins at the working directory. No default: it must be set.</summary>
    public string Path { get; set; } = "";

    /// <summary>How fast it is played: 0.01 to 10,000; 1 is as recorded. Default: 1.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>Whether it begins again at its end. If not, the last prices stay. Default: yes.</summary>
    public bool Loop { get; set; } = true;

    /// <summary>
    /// The longest wait between two messages, as recorded: 1 s to 1 h. A longer gap is cut to it, for a file that was
    /// recorded in several runs holds the time between them. Default: 1 min.
    /// </summary>
    public TimeSpan MaxGap { get; set; } = TimeSpan.FromMinutes(1);
}
