using OrleansTicker.Grains.Prices.Exchanges.Catalog;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>
/// The recordings to play: section <c>Ticker:Replay</c>. Either <see cref="Path"/> names one, or <see cref="Recordings"/> those of several
/// exchanges, whose prices are consolidated.
/// </summary>
internal sealed class ReplayOptions
{
    public const string Section = "Ticker:Replay";

    /// <summary>The recording of one exchange, relative to the working directory. No default.</summary>
    public string Path { get; set; } = "";

    /// <summary>The exchange whose recording <see cref="Path"/> is. Default: Coinbase.</summary>
    public string Exchange { get; set; } = "Coinbase";

    /// <summary>The recordings of several exchanges, by the exchange's name, relative to the working directory. No default.</summary>
    public Dictionary<string, string> Recordings { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether <see cref="Recordings"/> start at the same instant, so that those of different days play together. If not, each starts when it
    /// was made. Default: yes.
    /// </summary>
    public bool StartTogether { get; set; } = true;

    /// <summary>The speed: 0.01 to 10,000; 1 is as recorded. Default: 1.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>Whether to start again at the end. If not, the last prices remain. Default: yes.</summary>
    public bool Loop { get; set; } = true;

    /// <summary>
    /// The longest recorded time without any message that is played: 1 s to 1 h. Longer gaps, such as those between several runs of a
    /// recorder, are shortened to it. Default: 1 min.
    /// </summary>
    public TimeSpan MaxGap { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether the recordings of several exchanges are named.</summary>
    public bool IsMarket => Recordings.Count > 0;

    /// <summary>The recordings, in the order of their exchanges' names. Only for options that are valid.</summary>
    public IReadOnlyList<RecordingFile> ToFiles() => IsMarket
        ? [.. Recordings.Select(recording => FileOf(recording.Key, recording.Value)).OrderBy(file => file.Exchange.Name, StringComparer.Ordinal)]
        : [FileOf(Exchange, Path)];

    private static RecordingFile FileOf(string exchange, string path) => new(ExchangeCatalog.Find(exchange)!, path);
}
