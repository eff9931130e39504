using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Coinbase;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>
/// Plays a recorded Coinbase feed in the time that it took, or faster or slower, beside the ticker. Quotes keep the time at which
/// they were made, so a looping recording goes back in time with each pass.
/// </summary>
internal sealed partial class ReplaySource(ReplayOptions options, TimeProvider time, ILogger<ReplaySource> logger) : IPriceSource
{
    /// <summary>The shortest pass of a loop: a file of one line must not keep a core busy.</summary>
    public static readonly TimeSpan MinPass = TimeSpan.FromMilliseconds(100);

    private readonly LatestQuotes _quotes = new(time);
    private readonly BackgroundWork _work = new("The replay", time, logger);
    private volatile bool _isOver;

    public PriceSilence Silence => new(_quotes.Silence, Cause);

    private string? Cause =>
        _isOver ? "the recording has been played to its end"
        : _work.HasFaulted ? "the replay ended on a fault"
        : null;

    public void Start() => _work.Start(RunAsync);

    public void Collect(List<Quote> changes) => _quotes.Collect(changes);

    public ValueTask DisposeAsync() => _work.DisposeAsync();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var reader = RecordingReader.Open(options.Path);
        var clock = new ReplayClock(options.Speed, options.MaxGap, time);
        LogStarted(options.Path, options.Speed);
        while (true)
        {
            clock.Restart();
            var prices = await PlayAsync(reader, clock, cancellationToken);
            if (!options.Loop || prices == 0)
            {
                _isOver = true;
                LogEnded(prices == 0 ? LogLevel.Error : LogLevel.Information, options.Path, prices);
                return;
            }

            await clock.WaitUntilAsync(MinPass, cancellationToken);
            reader.Rewind();
            _quotes.ForgetTimes();
        }
    }

    /// <summary>Plays the file once.</summary>
    /// <returns>The number of prices in it.</returns>
    private async Task<int> PlayAsync(RecordingReader reader, ReplayClock clock, CancellationToken cancellationToken)
    {
        var prices = 0;
        var unreadable = 0;
        while (await reader.ReadAsync(cancellationToken) is { } line)
        {
            await clock.WaitForAsync(line.ReceivedAt, cancellationToken);
            var message = CoinbaseMessageParser.Parse(line.Bytes.Span);
            unreadable += message.Kind == CoinbaseMessageKind.Unreadable ? 1 : 0;
            if (message.Kind == CoinbaseMessageKind.Ticker)
            {
                prices++;
                _quotes.Offer(message.Quote);
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

    [LoggerMessage(EventId = 2042, Message = "The replay of {Path} is over after {Prices} prices; the last ones stay")]
    private partial void LogEnded(LogLevel level, string path, int prices);
}
