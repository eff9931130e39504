using OrleansTicker.LoadTest.Candles;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.Tests.LoadTest.Candles;

/// <summary>The candles of a run of three minutes in which all went well, to be spoilt by a test.</summary>
internal sealed class InventedRun
{
    public const string Symbol = "BTC-USD";

    /// <summary>The beginning, 20 s before a minute.</summary>
    public const long From = 1_795_510_180;

    public const long To = From + 180;

    public InventedRun()
    {
        Seconds = [.. Enumerable.Range(0, (int)(To - From)).Select(i => SecondAt(From + i))];
        Minutes = [.. Seconds.GroupBy(second => second.OpenTime / 60 * 60).Select(minute => new ReceivedCandle(
            minute.Key,
            minute.First().Open,
            minute.Max(second => second.High),
            minute.Min(second => second.Low),
            minute.Last().Close,
            minute.Sum(second => second.Volume),
            minute.Sum(second => second.QuoteVolume),
            minute.Sum(second => second.Trades),
            Closed: true))];
        Sent = [.. Seconds];
    }

    public List<ReceivedCandle> Seconds { get; }

    /// <summary>The first and the last are only parts of minutes.</summary>
    public List<ReceivedCandle> Minutes { get; }

    public List<ReceivedGap> Gaps { get; } = [];

    /// <summary>What a client of the channel was sent.</summary>
    public List<ReceivedCandle> Sent { get; }

    public static ReceivedCandle SecondAt(long openTime) =>
        new(openTime, 100 + (openTime % 7), 110 + (openTime % 7), 90 + (openTime % 5), 101 + (openTime % 3), 1.50m, 150.25m, 98 + (openTime % 5), Closed: true);

    /// <summary>The checks that do not hold.</summary>
    public IReadOnlyList<Check> Missed(bool isSimulated = true) => [.. Checks(isSimulated).Where(check => !check.Held)];

    public IReadOnlyList<Check> Checks(bool isSimulated = true)
    {
        var followed = new FollowedCandles([Symbol], From);
        followed.Take(new CandlesMessage(Symbol, "1s", Sent));
        return [.. CandleChecks.Of([new SymbolCandles(Symbol, Seconds, Minutes, new GapList(Gaps))], followed, From, To, isSimulated)];
    }
}
