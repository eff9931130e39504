using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Grains.Prices.Feeds.Coinbase;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>
/// Plays a recorded Coinbase feed in the background, at its own or another speed. Quotes keep their recorded time, so a looping recording
/// goes back in time with each pass.
/// </summary>
internal sealed partial class ReplaySource(ReplayOptions options, TimeProvider time, ILogger<ReplaySource> logger) : IPriceSource
{
    /// <summary>The shortest pass of a loop, so that a file of one line does not keep a core busy.</summary>
    public static readonly TimeSpan MinPass = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a loop waits before it reads a file without prices again.</summary>
    public static readonly TimeSpan EmptyPass = TimeSpan.FromSeconds(1);

    private readonly LatestQuotes _quotes = new(time);
    private readonly BackgroundWork _work = new("The replay", time, logger);
    private volatile bool _isOver;
    private volatile bool _isEmpty;

    public PriceSilence Silence => new(_quotes.Silence, Cause);

    private string? Cause =>
        _isOver ? "the recording has been played to its end"
        : _isEmpty ? "the recording has no price"
        : _work.HasFaulted ? "the replay ended on a fault"
        : null;

    public void Start() => _work.Start(RunAsync);

    public void Collect(List<Quote> changes) => _quotes.Collect(changes);

    public ValueTask DisposeAsync() => _work.DisposeAsync();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var clock = new ReplayClock(options.Speed, options.MaxGap, time);
        LogStarted(options.Path, options.Speed);
        while (true)
        {
            clock.Restart();
            var (prices, problem) = await TryPlayAsync(clock, cancellationToken);
            if (!options.Loop)
            {
                _isOver = true;
                LogEnded(prices == 0 ? LogLevel.Error : LogLevel.Information, options.Path, prices);
                return;
            }

            ReportEmpty(prices == 0, problem);
            await clock.WaitUntilAsync(prices == 0 ? EmptyPass : MinPass, cancellationToken);
        }
    }

    /// <summary>
    /// Plays the file once. Between two passes of a loop it may be rewritten, and be empty or missing for a while.
    /// </summary>
    /// <returns>The number of prices, and why there are none, for the log.</returns>
    private async Task<(int Prices, string? Problem)> TryPlayAsync(ReplayClock clock, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = RecordingReader.Open(options.Path);
            var problem = reader.FindForeignEncoding();
            return problem is null ? (await PlayAsync(reader, clock, cancellationToken), null) : (0, $"it is {problem}");
        }
        catch (Exception fault) when (options.Loop && fault is IOException or UnauthorizedAccessException)
        {
            return (0, fault.Message);
        }
    }

    /// <summary>Logs once that the file has no prices, and once that it has prices again.</summary>
    private void ReportEmpty(bool isEmpty, string? problem)
    {
        if (isEmpty && !_isEmpty)
        {
            LogEmpty(options.Path, problem ?? "it has no line with a price", EmptyPass);
        }
        else if (!isEmpty && _isEmpty)
        {
            LogFilled(options.Path);
        }

        _isEmpty = isEmpty;
    }

    private async Task<int> PlayAsync(RecordingReader reader, ReplayClock clock, CancellationToken cancellationToken)
    {
        var prices = 0;
        var unreadable = 0;
        var order = new MessageOrder();
        while (await reader.ReadAsync(cancellationToken) is { } line)
        {
            await clock.WaitForAsync(line.ReceivedAt, cancellationToken);
            var message = CoinbaseMessageParser.Parse(line.Bytes.Span);
            unreadable += message.Kind == FeedMessageKind.Unreadable ? 1 : 0;
            if (message.Quote is { } quote)
            {
                prices++;
                if (order.IsNew(quote.Symbol, message.Sequence, line.ReceivedAt))
                {
                    _quotes.Offer(quote);
                }
            }
        }

        if (unreadable + reader.BadLines is > 0 and var skipped)
        {
            LogSkipped(skipped, options.Path);
        }

        return prices;
    }

    [LoggerMessage(2040, LogLevel.Information, "Replaying {Path} at {Speed} times its speed")]
    private partial void LogStarted(string path, double speed);

    [LoggerMessage(2041, LogLevel.Warning, "Skipped {Skipped} bad lines of {Path} in this pass")]
    private partial void LogSkipped(int skipped, string path);

    [LoggerMessage(2043, LogLevel.Error, "The recording {Path} gives no price: {Problem}. It is looked into again each {Pause}")]
    private partial void LogEmpty(string path, string problem, TimeSpan pause);

    [LoggerMessage(2044, LogLevel.Information, "The recording {Path} gives prices again")]
    private partial void LogFilled(string path);

    [LoggerMessage(EventId = 2042, Message = "The replay of {Path} is over after {Prices} prices; the last ones stay")]
    private partial void LogEnded(LogLevel level, string path, int prices);
}
