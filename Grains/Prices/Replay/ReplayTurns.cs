using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Consolidation;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>
/// Plays the recordings pass after pass. The result depends on the files and the settings only. Quotes keep their recorded times, so a loop
/// goes back in time with each pass.
/// </summary>
/// <param name="options">The recordings.</param>
/// <param name="consolidation">How one price is made of those of several exchanges; null for prices as one exchange says them.</param>
/// <param name="interval">The time from one turn of the ticker to the next.</param>
/// <param name="logger">Is told what is played.</param>
internal sealed partial class ReplayTurns(ReplayOptions options, ConsolidationOptions? consolidation, TimeSpan interval, ILogger logger)
{
    /// <summary>The shortest pass of a loop, so that a file of one line is not read without pause.</summary>
    public static readonly TimeSpan MinPass = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a loop waits before it reads files without prices again.</summary>
    public static readonly TimeSpan EmptyPass = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _emptyPaths = [];
    private readonly PassCounts _counts = new();

    /// <summary>The time from one turn of the ticker to the next.</summary>
    public TimeSpan Interval => interval;

    /// <summary>What there is before the first turn.</summary>
    public ReplayTurn BeforeFirst => new([]) { Statuses = StatusesWithout(ReplayTurn.NotBegun) };

    /// <summary>Plays the recordings. Without a loop, the turn after the last one says that they have ended.</summary>
    public async IAsyncEnumerable<ReplayTurn> PlayAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in options.ToFiles())
        {
            LogStarted(file.Path, file.Exchange.Name, options.Speed);
        }

        do
        {
            using var pass = new ReplayPass(options, consolidation, interval * options.Speed);
            var (turns, last) = (0, BeforeFirst);
            await foreach (var turn in pass.PlayAsync(cancellationToken))
            {
                (turns, last) = (turns + 1, turn);
                yield return turn with { Changes = _counts.Continue(turn.Changes) };
            }

            _counts.EndPass();
            Report(pass);
            var pause = ToPause(pass, last);
            for (var least = CountTurns(pause.Cause is null ? MinPass : EmptyPass); options.Loop && turns < least; turns++)
            {
                yield return pause;
            }
        }
        while (options.Loop);

        const string Over = "the recording has been played to its end";
        yield return new ReplayTurn([]) { Cause = Over, Statuses = StatusesWithout(Over) };
    }

    private int CountTurns(TimeSpan time) => (int)Math.Ceiling(time / interval);

    /// <summary>A turn between two passes, in which no recorded time goes by.</summary>
    private ReplayTurn ToPause(ReplayPass pass, ReplayTurn last)
    {
        const string Empty = "the recording has no price";
        return pass.Tracks.Any(track => track.HasPrice)
            ? last with { Changes = [], Seconds = [], HasPrice = false }
            : new ReplayTurn([]) { Cause = Empty, Statuses = StatusesWithout(Empty) };
    }

    private ImmutableArray<FeedStatus> StatusesWithout(string cause) => consolidation is null
        ? []
        : [.. options.ToFiles().Select(file => new FeedStatus(file.Exchange.Name.ToLowerInvariant(), IsLive: false, cause))];

    /// <summary>Logs what was wrong with a pass. A file without prices is told once, and once more when it has prices again.</summary>
    private void Report(ReplayPass pass)
    {
        foreach (var track in pass.Tracks)
        {
            var path = track.File.Path;
            if (track.Skipped > 0)
            {
                LogSkipped(track.Skipped, path);
            }

            if (!options.Loop)
            {
                LogEnded(track.HasPrice ? LogLevel.Information : LogLevel.Error, path, track.Prices);
            }
            else if (track.HasPrice ? _emptyPaths.Remove(path) : _emptyPaths.Add(path))
            {
                ReportChange(path, track);
            }
        }
    }

    private void ReportChange(string path, RecordingTrack track)
    {
        if (track.HasPrice)
        {
            LogFilled(path);
        }
        else
        {
            LogEmpty(path, track.Problem ?? "it has no line with a price");
        }
    }

    [LoggerMessage(2040, LogLevel.Information, "Replaying {Path}, a recording of {Exchange}, at {Speed} times its speed")]
    private partial void LogStarted(string path, string exchange, double speed);

    [LoggerMessage(2041, LogLevel.Warning, "Skipped {Skipped} bad lines of {Path} in this pass")]
    private partial void LogSkipped(int skipped, string path);

    [LoggerMessage(2043, LogLevel.Error, "The recording {Path} gives no price: {Problem}. It is read again in each pass")]
    private partial void LogEmpty(string path, string problem);

    [LoggerMessage(2044, LogLevel.Information, "The recording {Path} gives prices again")]
    private partial void LogFilled(string path);

    [LoggerMessage(EventId = 2042, Message = "{Path} has been read to its end, with {Prices} messages about prices; the last prices stay")]
    private partial void LogEnded(LogLevel level, string path, int prices);
}
