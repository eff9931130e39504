using System.Globalization;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Feeds;

namespace OrleansTicker.Grains.Prices.Market;

/// <summary>
/// The ticker's end of one feed: attaches to it and takes its updates, or reads it directly if it is in this process. Used only in the
/// ticker's turns.
/// </summary>
internal sealed partial class FeedLink(string exchange, IGrainFactory grains, LocalFeeds local, TimeProvider time, ILogger logger)
{
    /// <summary>After this long without an update the feed is lost. It sends one at least every 100 ms.</summary>
    internal static readonly TimeSpan LossTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>How long to wait for a feed's answer before it is asked again.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The part of the newest round trip in <see cref="_roundTrip"/>: one may be slow by chance.</summary>
    private const double Smoothing = 0.25;

    private readonly List<ExchangeQuote> _quotes = [];
    private LocalFeed? _local;
    private FeedReport? _report;
    private bool _isAttaching;
    private bool _hasFailed;
    private long _number;
    private long? _heardAt;
    private TimeSpan? _silence;
    private TimeSpan? _roundTrip; // At most half a turn, which it is taken for until the first answer.
    private string _situation = "";

    /// <summary>The exchange.</summary>
    public string Exchange => exchange;

    /// <summary>The life of the feed that is read; empty for none.</summary>
    public Guid Feed { get; private set; }

    /// <summary>What the feed says of itself; null if it has not answered yet.</summary>
    public FeedReport? Report => _local is null ? _report : _local.Feed.Report() with { Feed = _local.Id, Silo = _report!.Silo };

    /// <summary>How long the exchange has shown no sign of life, as the feed last said; null if it never has, or the feed is lost.</summary>
    public TimeSpan? Silence =>
        _local is not null ? _local.Feed.Silence
        : IsLost ? null
        : _silence + time.GetElapsedTime(_heardAt!.Value);

    /// <summary>How far the exchange's clock is ahead of this machine's or that of the feed's silo; zero if they agree or nothing is known.</summary>
    public TimeSpan ClockDifference => _report?.ClockDifference ?? TimeSpan.Zero;

    /// <summary>What is known of the feed, in words for people.</summary>
    public string Situation => _local?.Feed.Situation ?? (IsLost ? "its feed is being started" : _situation);

    /// <summary>Why an exchange that does not count does not, in words for people.</summary>
    public string Absence => FeedSituation.IsGoodWord(Situation) && Silence is { TotalSeconds: >= 1 } silence
        ? string.Create(CultureInfo.InvariantCulture, $"it has shown no sign of life for {(int)silence.TotalSeconds} s")
        : Situation;

    private bool IsLost => _heardAt is not { } heardAt || time.GetElapsedTime(heardAt) >= LossTimeout;

    /// <summary>Asks the feed for its updates, unless an answer is still awaited.</summary>
    public void Attach(long epoch, TimeSpan turnInterval, TimeSpan nextTurnIn)
    {
        if (!_isAttaching)
        {
            _isAttaching = true;

            // The feed learns of the turn as late as the way there takes, and its updates take the way back.
            var early = nextTurnIn - (_roundTrip ?? turnInterval / 2);
            _ = AttachAsync(new FeedReader(epoch, local.Process, Feed, turnInterval, early < TimeSpan.Zero ? early + turnInterval : early));
        }
    }

    /// <summary>Takes an update of the feed.</summary>
    /// <returns>The quotes to enter.</returns>
    public IReadOnlyList<ExchangeQuote> Take(FeedUpdate update)
    {
        var follows = update.Feed == Feed && update.Number == _number + 1;
        if (_local is not null || (update.Feed == Feed && update.Number <= _number))
        {
            return [];
        }

        if (!follows && !update.IsWhole)
        {
            // The next attachment asks for a whole one. Another life that goes on beside the one that is read, until it ends, interrupts nothing.
            Feed = update.Feed == Feed ? Guid.Empty : Feed;
            return [];
        }

        (Feed, _number, _silence, _situation) = (update.Feed, update.Number, update.Silence, update.Situation);
        _heardAt = time.GetTimestamp();
        return update.Quotes;
    }

    /// <summary>Reads the feed if it is in this process.</summary>
    /// <returns>The quotes to enter, valid until the next call.</returns>
    public IReadOnlyList<ExchangeQuote> Read()
    {
        _quotes.Clear();
        var found = local.Find(exchange);
        if (found is null || _report?.Feed != found.Id)
        {
            if (_local is not null)
            {
                (_local, Feed, _heardAt) = (null, Guid.Empty, null);
            }

            return _quotes;
        }

        if (_local != found)
        {
            (_local, Feed) = (found, found.Id);
            found.Feed.CollectAll(_quotes);
        }
        else
        {
            found.Feed.Collect(_quotes);
        }

        return _quotes;
    }

    private async Task AttachAsync(FeedReader reader)
    {
        var askedAt = time.GetTimestamp();
        try
        {
            _report = await grains.GetGrain<IExchangeFeedGrain>(exchange).AttachAsync(reader).WaitAsync(AnswerTimeout, time);
            var (roundTrip, most) = (time.GetElapsedTime(askedAt), reader.TurnInterval / 2);
            var before = _roundTrip ?? most;
            _roundTrip = before + (((roundTrip < most ? roundTrip : most) - before) * Smoothing);
            _hasFailed = false;
        }
        catch (Exception e)
        {
            if (!_hasFailed)
            {
                _hasFailed = true;
                LogNoAnswer(exchange, e.Message);
            }
        }
        finally
        {
            _isAttaching = false;
        }
    }

    [LoggerMessage(1035, LogLevel.Warning, "The feed of {Exchange} does not answer; trying on: {Reason}")]
    private partial void LogNoAnswer(string exchange, string reason);
}
