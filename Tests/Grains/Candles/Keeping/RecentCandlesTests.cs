using CsCheck;
using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Grains.Candles.Keeping;

public sealed class RecentCandlesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Candle> GenCandle =
        from minute in Gen.Int[0, 300]
        from open in Gen.Decimal
        from high in Gen.Int.Select(digits => digits / 100m)
        from close in Gen.Long[0, long.MaxValue]
        from volume in Gen.OneOf(Gen.Decimal, Gen.Const(1.50m), Gen.Const(0m))
        from first in Gen.Long[0, TimeSpan.TicksPerMinute]
        from last in Gen.Long[0, TimeSpan.TicksPerMinute]
        from epoch in Gen.Long[0, long.MaxValue]
        from seq in Gen.Long[0, long.MaxValue]
        select new Candle
        {
            OpenTime = Noon.AddMinutes(minute),
            Open = open,
            High = high,
            Low = -high,
            Close = close,
            Volume = volume,
            QuoteVolume = open,
            FirstAt = Noon.AddMinutes(minute).AddTicks(first),
            LastAt = Noon.AddMinutes(minute).AddTicks(last),
            Trades = seq,
            ChangedAt = new CandlePosition(epoch, seq),
        };

    [Fact]
    public void Candles_are_kept_to_the_last_digit_in_the_order_of_time_whatever_the_order_in_which_they_come() => GenCandle.Array[1, 300].Sample(candles =>
    {
        var recent = new RecentCandles(1000, DateTimeOffset.MinValue, default);
        var expected = new SortedDictionary<DateTimeOffset, Candle>();
        foreach (var candle in candles)
        {
            recent.Set(candle);
            expected[candle.OpenTime] = candle;
            Assert.Equal(candle, recent.Find(candle.OpenTime));
        }

        Assert.Equal(expected.Values, recent.In(new TimeRange(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)));
        Assert.Equal(Digits(expected.Values), Digits(recent.In(new TimeRange(DateTimeOffset.MinValue, DateTimeOffset.MaxValue))));
        var range = new TimeRange(Noon.AddMinutes(50), Noon.AddMinutes(200));
        Assert.Equal(expected.Values.Where(candle => candle.OpenTime >= range.From && candle.OpenTime < range.To), recent.In(range));
        var position = candles[0].ChangedAt;
        Assert.Equal(expected.Values.Where(candle => candle.ChangedAt > position), recent.ChangedAfter(position));
    });

    [Fact]
    public void Beyond_its_capacity_the_oldest_go_and_it_knows_what_is_missing()
    {
        var recent = new RecentCandles(100, DateTimeOffset.MinValue, default);
        for (var number = 1; number <= 1000; number++)
        {
            recent.Set(Market(number));
        }

        var kept = recent.In(new TimeRange(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
        Assert.InRange(recent.Count, 100, 100 + (2 * RecentCandles.BlockSize));
        Assert.Equal(recent.Count, kept.Count);
        Assert.Equal(kept[0].OpenTime, recent.CompleteSince);
        Assert.Equal(kept[0].ChangedAt.Seq - 100, recent.MissingAt.Seq);
        Assert.Null(recent.Find(kept[0].OpenTime.AddMinutes(-1)));
    }

    /// <summary>2,000 symbols times 2,700 candles fit into less than a quarter of a gigabyte.</summary>
    [Fact]
    public void A_candle_of_a_market_takes_forty_bytes_at_most()
    {
        var block = CandleBlock.Pack([.. Enumerable.Range(0, RecentCandles.BlockSize).Select(Market)]);

        Assert.InRange(block.Size / RecentCandles.BlockSize, 20, 40);
    }

    private static Candle Market(int number)
    {
        var random = new Random(number);
        var price = 42_000m + (random.Next(10_000) / 100m);
        var openTime = Noon.AddMinutes(number);
        return new Candle
        {
            OpenTime = openTime,
            Open = price,
            High = price + (random.Next(1000) / 100m),
            Low = price - (random.Next(1000) / 100m),
            Close = price + (random.Next(-500, 500) / 100m),
            Volume = random.NextInt64(10_000_000_000) / 100_000_000m,
            QuoteVolume = random.NextInt64(50_000_000_000_000_000) / 10_000_000_000m,
            Trades = random.Next(1000),
            FirstAt = openTime.AddMicroseconds(random.Next(1_000_000)),
            LastAt = openTime.AddMicroseconds(59_000_000 + random.Next(1_000_000)),
            ChangedAt = new CandlePosition(1_767_268_800_000, 100L * number),
        };
    }

    private static IEnumerable<string> Digits(IEnumerable<Candle> candles) =>
        candles.Select(candle => FormattableString.Invariant($"{candle.Open} {candle.High} {candle.Low} {candle.Close} {candle.Volume} {candle.QuoteVolume}"));
}
