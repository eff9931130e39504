using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Grains.Turns;
using Orleans.Placement;

namespace OrleansTicker.Grains.Prices.Market;

/// <summary>
/// The feed of one exchange. Its connections live in the background; in each turn it sends the ticker what has changed, unless the ticker
/// is in the same process and reads the feed itself.
/// </summary>
/// <remarks>Placed at random: by default feeds would be placed beside the ticker that starts them, and all be lost with its silo.</remarks>
[KeepAlive, RandomPlacement, Immovable]
internal sealed partial class ExchangeFeedGrain(
    ExchangeFeeds feeds,
    LocalFeeds local,
    TimeProvider time,
    ILogger<ExchangeFeedGrain> logger) : Grain, IExchangeFeedGrain
{
    /// <summary>
    /// How long before a turn of the ticker an update should arrive: what timers, here and there, are late by. One that misses the turn waits
    /// for the next, and the ticker may have nothing to publish.
    /// </summary>
    internal static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(3);

    /// <summary>The time from one turn to the next before a ticker says how often it wants updates.</summary>
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>After this long without a change, an empty update shows that the feed is there.</summary>
    internal static readonly TimeSpan HeartbeatInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a feed that no ticker attaches to keeps its connections.</summary>
    internal static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(1);

    private readonly List<ExchangeQuote> _quotes = [];
    private TurnSchedule _schedule = new(FirstInterval, time);
    private IGrainTimer? _timer;
    private LocalFeed? _feed;
    private FeedReader? _reader;
    private bool _needsAll;
    private long _number;
    private long _attachedAt;
    private long _sentAt;

    private string Exchange => this.GetPrimaryKeyString();

    private bool IsAttached => _reader is not null && time.GetElapsedTime(_attachedAt) < IExchangeFeedGrain.AttachmentLength;

    private bool Sends => IsAttached && _reader!.Process != local.Process;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _feed = new LocalFeed(Guid.NewGuid(), feeds.Create(Exchange));
        _attachedAt = time.GetTimestamp();
        _feed.Feed.Start();
        _timer = this.RegisterGrainTimer(TurnAsync, new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        LogStarted(Exchange);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        if (_feed is { } feed)
        {
            local.Withdraw(Exchange, feed);
            await feed.Feed.DisposeAsync();
            LogStopped(Exchange, reason.ReasonCode);
        }
    }

    public Task<FeedReport> AttachAsync(FeedReader reader)
    {
        if (!IsAttached || reader.Epoch >= _reader!.Epoch)
        {
            var wasSending = Sends;
            ShowTo(reader.Process);
            _needsAll |= reader.Feed != _feed!.Id || reader.Process != _reader?.Process;
            if (reader.TurnInterval != _reader?.TurnInterval)
            {
                _schedule = new TurnSchedule(reader.TurnInterval, time);
            }

            _schedule.Align(reader.NextTurnIn + reader.TurnInterval - Lead);
            _reader = reader;
            _attachedAt = time.GetTimestamp();
            if (Sends && !wasSending)
            {
                _timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }

        return Task.FromResult(_feed!.Feed.Report() with { Feed = _feed.Id, Silo = RuntimeIdentity });
    }

    /// <summary>Lets only the reader that is served read the feed directly: of two, each would get what the other one does not.</summary>
    private void ShowTo(Guid process)
    {
        if (process == local.Process)
        {
            local.Announce(Exchange, _feed!);
        }
        else
        {
            local.Withdraw(Exchange, _feed!);
        }
    }

    private Task TurnAsync()
    {
        try
        {
            if (time.GetElapsedTime(_attachedAt) >= IdleTimeout)
            {
                LogNotWanted(Exchange, IdleTimeout);
                DeactivateOnIdle();
            }
            else if (Sends)
            {
                return SendAsync(_feed!.Feed);
            }

            return Task.CompletedTask;
        }
        finally
        {
            _timer!.Change(Sends ? _schedule.Next() : HeartbeatInterval, Timeout.InfiniteTimeSpan); // Nothing is due that nobody is sent.
        }
    }

    private Task SendAsync(ExchangeFeed feed)
    {
        _quotes.Clear();
        if (_needsAll)
        {
            feed.CollectAll(_quotes);
        }
        else
        {
            feed.Collect(_quotes);
        }

        if (_quotes.Count == 0 && !_needsAll && time.GetElapsedTime(_sentAt) < HeartbeatInterval)
        {
            return Task.CompletedTask;
        }

        var update = new FeedUpdate(Exchange, _feed!.Id, ++_number, _needsAll, feed.Silence, feed.Situation, [.. _quotes]);
        _needsAll = false;
        _sentAt = time.GetTimestamp();
        return GrainFactory.GetGrain<ITickerGrain>(ITickerGrain.Key).UpdateAsync(update);
    }

    [LoggerMessage(1030, LogLevel.Information, "The feed of {Exchange} runs")]
    private partial void LogStarted(string exchange);

    [LoggerMessage(1031, LogLevel.Information, "The feed of {Exchange} stops: {Reason}")]
    private partial void LogStopped(string exchange, DeactivationReasonCode reason);

    [LoggerMessage(1032, LogLevel.Information, "No ticker has asked for the feed of {Exchange} for {Wait}; it stops until one does")]
    private partial void LogNotWanted(string exchange, TimeSpan wait);
}
