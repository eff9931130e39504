using System.Globalization;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Market;

/// <summary>
/// Describes what keeps this gateway from fresh prices, in sentences for people. Durations that the ticker measured are added to this
/// gateway's own; clocks are never compared, so they may differ. Any thread may call it.
/// </summary>
internal sealed partial class PriceHealth(TimeProvider time, ILogger<PriceHealth> logger)
{
    /// <summary>
    /// How long the ticker may send no tick, or not answer at all, before that is a fault. It publishes at least every 200 ms, and most
    /// failures are over sooner.
    /// </summary>
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

    /// <summary>Notes that a tick was read.</summary>
    /// <param name="outage">What the ticker says about the source.</param>
    public void TakeTick(PriceOutage? outage)
    {
        lock (_noting)
        {
            _tickAt = _wordAt = time.GetTimestamp();
            _outage = outage;
        }
    }

    /// <summary>Notes that the ticker answered a request for its market.</summary>
    /// <param name="outage">What the ticker says about the source.</param>
    public void TakeAnswer(PriceOutage? outage)
    {
        lock (_noting)
        {
            _wordAt = time.GetTimestamp();
            _outage = outage;
        }
    }

    /// <summary>What is wrong, each a sentence without its full stop; empty if prices are as fresh as they can be.</summary>
    public IReadOnlyList<string> FindFaults()
    {
        lock (_noting)
        {
            List<string> faults = [];
            if (Link == TickerLink.Silent)
            {
                faults.Add($"No word from the ticker for {Seconds(time.GetElapsedTime(_wordAt))}");
                return faults; // What it last said about its source is out of date.
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

    /// <summary>
    /// Logs each change of the link to the ticker once. The ticker itself logs the faults of its source. Only one thread may call it.
    /// </summary>
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
