using CsCheck;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Seconds;

namespace OrleansTicker.Tests.Grains.Prices.Seconds;

public sealed class SecondTradesExtensionsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Trades of one second, each at an instant of its own.</summary>
    private static readonly Gen<MadeTrade[]> GenTrades = Gen.Int[1, 200].Array[2, 20].Select(prices =>
        prices.Select((price, index) => new MadeTrade(index, Noon.AddMilliseconds(index * 7), price / 4m, price / 1000m)).ToArray());

    private readonly SecondTrades _known = new(Noon, 10, 12, 9, 11, Noon.AddSeconds(0.2), Noon.AddSeconds(0.6), 5, 3, 31);

    [Fact]
    public void Two_reports_of_one_source_count_nothing_twice()
    {
        var other = new SecondTrades(Noon, 8, 11, 8, 10, Noon.AddSeconds(0.1), Noon.AddSeconds(0.5), 3, 4, 30);

        var merged = new SecondTrades(Noon, 8, 12, 8, 11, Noon.AddSeconds(0.1), Noon.AddSeconds(0.6), 5, 4, 31);
        Assert.Equal(merged, _known.Merge(other));
        Assert.Equal(merged, other.Merge(_known));
        Assert.Equal(merged, merged.Merge(other).Merge(_known));
    }

    [Fact]
    public void Merging_the_reports_of_a_second_that_grows_gives_the_last_one() => GenTrades.Sample(trades =>
    {
        var reports = Enumerable.Range(1, trades.Length).Select(count => Of(trades[..count])).ToList();

        Assert.Equal(reports[^1], reports.Aggregate((known, later) => known.Merge(later)));
    });

    [Fact]
    public void The_trades_of_two_sources_add_up_to_those_of_both() => Gen.Select(GenTrades, Gen.Int).Sample((trades, seed) =>
    {
        var random = new Random(seed);
        var parts = trades.ToLookup(trade => random.Next(2));
        var both = parts.Select(part => Of([.. part])).ToList();

        Assert.Equal(Of(trades), both.Count == 1 ? both[0] : both[0].Add(both[1]));
        Assert.Equal(Of(trades), both.Count == 1 ? both[0] : both[1].Add(both[0]));
    });

    [Fact]
    public void Another_clock_moves_the_times_and_another_currency_the_prices()
    {
        var moved = _known.MovedBack(TimeSpan.FromSeconds(3));
        Assert.Equal((Noon.AddSeconds(-3), Noon.AddSeconds(0.2).AddSeconds(-3), Noon.AddSeconds(0.6).AddSeconds(-3)), (moved.Second, moved.FirstAt, moved.LastAt));
        Assert.Equal(_known, moved.MovedBack(TimeSpan.FromSeconds(-3)));

        Assert.Equal(
            _known with { Open = 20, High = 24, Low = 18, Close = 22, QuoteVolume = 62 },
            _known.Converted(2));
    }

    private static SecondTrades Of(MadeTrade[] trades) => Assert.Single(MadeTrade.ToSeconds(trades));
}
