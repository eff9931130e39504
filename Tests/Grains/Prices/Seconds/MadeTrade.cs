using CsCheck;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Tests.Grains.Prices.Seconds;

/// <summary>A trade that a test makes up, and the seconds that follow from many by a reading of its own.</summary>
internal sealed record MadeTrade(long Id, DateTimeOffset At, decimal Price, decimal Size, int Count = 1)
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Up to 60 trades within eight seconds, many at the same instant. The order of their numbers is not that of their times.</summary>
    public static readonly Gen<MadeTrade[]> GenMany = Gen.Select(
        Gen.Int[0, 7999].Select(time => time / 100 * 100), Gen.Int[1, 500], Gen.Int[0, 300], Gen.Int[1, 3]).Array[1, 60].Select(trades => trades
            .Select((trade, index) => new MadeTrade(index + 1, Noon.AddMilliseconds(trade.Item1), trade.Item2 / 4m, trade.Item3 / 1000m, trade.Item4))
            .ToArray());

    /// <summary>The seconds, in the order of time.</summary>
    public static List<SecondTrades> ToSeconds(IEnumerable<MadeTrade> trades) => trades
        .OrderBy(trade => trade.At)
        .ThenBy(trade => trade.Id)
        .GroupBy(trade => trade.At.AddTicks(-(trade.At.Ticks % TimeSpan.TicksPerSecond)))
        .Select(second => new SecondTrades(
            second.Key,
            second.First().Price,
            second.Max(trade => trade.Price),
            second.Min(trade => trade.Price),
            second.Last().Price,
            second.First().At,
            second.Last().At,
            second.Sum(trade => trade.Count),
            second.Sum(trade => trade.Size),
            second.Sum(trade => trade.Price * trade.Size)))
        .ToList();
}
