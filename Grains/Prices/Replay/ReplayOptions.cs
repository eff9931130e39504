namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>The recording to play: section <c>Ticker:Replay</c>.</summary>
internal sealed class ReplayOptions
{
    public const string Section = "Ticker:Replay";

    /// <summary>The recording, relative to the working directory. No default: it must be set.</summary>
    public string Path { get; set; } = "";

    /// <summary>The speed: 0.01 to 10,000; 1 is as recorded. Default: 1.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>Whether to start again at the end. If not, the last prices remain. Default: yes.</summary>
    public bool Loop { get; set; } = true;

    /// <summary>
    /// The longest recorded time between two messages that is played: 1 s to 1 h. Longer gaps, such as those between several runs of a
    /// recorder, are shortened to it. Default: 1 min.
    /// </summary>
    public TimeSpan MaxGap { get; set; } = TimeSpan.FromMinutes(1);
}
