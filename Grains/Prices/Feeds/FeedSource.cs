using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// Live prices of an exchange. Keeps one connection to its feed in the background and reconnects whenever it ends. Meanwhile the last
/// prices remain.
/// </summary>
internal sealed partial class FeedSource(IExchange exchange, FeedOptions options, TimeProvider time, ILoggerFactory loggers) : IPriceSource
{
    private readonly ILogger _logger = loggers.CreateLogger<FeedSource>();
    private readonly FeedState _feed = new(options, time, loggers.CreateLogger<FeedState>());
    private readonly BackgroundWork _work = new($"The {exchange.Name} feed", time, loggers.CreateLogger<BackgroundWork>());

    public bool Covers(string symbol) => options.Products.Contains(symbol);

    public PriceSilence Silence => new(_feed.Quotes.Silence, _work.HasFaulted ? "the feed ended on a fault" : _feed.Situation.Now);

    public void Start() => _work.Start(RunAsync);

    public void Collect(List<Quote> changes) => _feed.Quotes.Collect(changes);

    public ValueTask DisposeAsync() => _work.DisposeAsync();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var recorder = options.RecordPath is { Length: > 0 } path
            ? new FeedRecorder(path, time, loggers.CreateLogger<FeedRecorder>())
            : null;
        var retry = new RetryDelay(options.FirstRetryDelay, options.MaxRetryDelay, Random.Shared);
        var isLost = false;
        while (true)
        {
            var (reason, hadPrices) = await ConnectAsync(recorder, cancellationToken);
            if (hadPrices)
            {
                retry.Reset();
                _feed.LoggedError = null;
                isLost = false;
            }

            if (_feed.Situation.Now != FeedSituation.Refusing)
            {
                _feed.Situation.Now = FeedSituation.Away;
            }

            // Only the first of several failed attempts is logged as a warning.
            var delay = retry.Next();
            LogLost(isLost ? LogLevel.Debug : LogLevel.Warning, options.Url, reason, delay);
            isLost = true;
            await Task.Delay(delay, time, cancellationToken);
        }
    }

    private async Task<(string Reason, bool HadPrices)> ConnectAsync(FeedRecorder? recorder, CancellationToken cancellationToken)
    {
        using var connection = new FeedConnection(exchange, options, _feed, recorder, time, loggers.CreateLogger<FeedConnection>());
        try
        {
            return (await connection.RunAsync(cancellationToken), connection.HasPrices);
        }
#pragma warning disable CA1031 // Whatever ended the connection, the next one may succeed.
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            var reason = fault.InnerException is { } cause ? $"{fault.Message} ({cause.Message})" : fault.Message;
            return (reason, connection.HasPrices);
        }
    }

    [LoggerMessage(EventId = 2020, Message = "The connection to {Url} is lost: {Reason}. The next attempt is in {Delay}")]
    private partial void LogLost(LogLevel level, string url, string reason, TimeSpan delay);
}
