using System.Globalization;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Market;

/// <summary>
/// What keeps this gateway from fresh prices, in sentences for people. The ticker's spans are added to this gateway's and no
/// clocks are compared, so that they may differ. Any thread may call.
/// </summary>
internal sealed partial class PriceHealth(TimeProvider time, ILogger<PriceHealth> logger)
{
    /// <summary>How long no tick, or no word at all, may come of the ticker. It speaks at least every 200 ms, and most failures are over sooner.</summary>
    internal static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(3);

    private readonly Lock _noting = new();
    private long _tickAt = time.GetTimestamp();
    private long _wordAt = time.GetTimestamp();
    private PriceOutage? _outage;
    private TickerLink _told;

    private TickerLink Link =>
        time.GetElapsedTime(_wordAt) >= LongestSilence ? TickerLink.Silent
        : time.GetElapsedTime(_tickAt) >= LongestSilence ? TickerLink.Asking
        : TickerLink.Live;

    /// <summary>A tick has been read.</summary>
    /// <param name="outage">What it says about the source.</param>
    public void TakeTick(PriceOutage? outage)
    {
        lock (_noting)
        {
            _tickAt = _wordAt = time.GetTimestamp();
            _outage = outage;
        }
    }

    /// <summary>The ticker has handed out its market.</summary>
    /// <param name="outage">What it says about the source.</param>
    public void TakeAnswer(PriceOutage? outage)
    {
        lock (_noting)
        {
            _wordAt = time.GetTimestamp();
            _outage = outage;
        }
    }

    /// <summary>What is wrong, a sentence each without its full stop; none where prices are as fresh as they can be.</summary>
    public IReadOnlyList<string> FindFaults()
    {
        lock (_noting)
        {
            List<string> faults = [];
            if (Link == TickerLink.Silent)
            {
                faults.Add($"No word from the ticker for {Seconds(time.GetElapsedTime(_wordAt))}");
                return faults; // What it said last of its source is old.
            }

            if (_outage is { } outage)
            {
                var silence = Seconds(outage.Silence + time.GetElapsedTime(_wordAt));
                faults.Add($"No usable price from {outage.Source} for {silence}{(outage.Cause is null ? "" : $": {outage.Cause}")}");
            }

            if (Link == TickerLink.Asking)
            {
                faults.Add($"No tick can be read for {Seconds(time.GetElapsedTime(_tickAt))}: the ticker is asked for its market, and prices come less often");
            }

            return faults;
        }
    }

    /// <summary>Logs, once each, what has begun or ended between the ticker and this gateway. What the source does is the ticker's to log. For one caller.</summary>
    public void Tell()
    {
        TickerLink link;
        lock (_noting)
        {
            link = Link;
        }

        if (link == _told)
        {
            return;
        }

        _told = link;
        switch (link)
        {
            case TickerLink.Silent:
                LogSilent(LongestSilence);
                break;
            case TickerLink.Asking:
                LogAsking(LongestSilence);
                break;
            default:
                LogLive();
                break;
        }
    }

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalSeconds} s");

    [LoggerMessage(3010, LogLevel.Warning, "No word from the ticker for {Silence}; the last prices stand until it speaks again")]
    private partial void LogSilent(TimeSpan silence);

    [LoggerMessage(3011, LogLevel.Warning, "No tick can be read for {Silence}; the ticker is asked for its market, and prices come less often")]
    private partial void LogAsking(TimeSpan silence);

    [LoggerMessage(3012, LogLevel.Information, "Ticks are read again")]
    private partial void LogLive();
}
