using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using static OrleansTicker.Tests.History.HistoryData;

namespace OrleansTicker.Tests.History;

/// <summary>How every store keeps candles.</summary>
public abstract class HistoryStoreTests : HistoryTest
{
    [Theory]
    [InlineData(CandleInterval.Second)]
    [InlineData(CandleInterval.Minute)]
    [InlineData(CandleInterval.Hour)]
    [InlineData(CandleInterval.Day)]
    public async Task A_candle_is_read_as_it_was_written(CandleInterval interval)
    {
        var candle = Candle(Start, 97_123.45m, seq: 42) with { Trades = 9_000_000_000 };

        await Store.WriteAsync(Writes(new SymbolCandle("BTC-USD", interval, candle)), Stop);

        Assert.Equal(candle, Assert.Single(await ReadAsync("BTC-USD", interval)));
        Assert.Empty(await ReadAsync("ETH-USD", interval));
    }

    [Theory]
    [InlineData("0.000000000001")]
    [InlineData("1000000000000000")]
    [InlineData("1000000000000000.000000000001")]
    [InlineData("0.1")]
    [InlineData("1.000")]
    [InlineData("0")]
    [InlineData("0.00")]
    [InlineData("123456789.0123456789")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("7.9228162514264337593543950335")]
    public async Task No_digit_is_lost(string digits)
    {
        var number = decimal.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        var candle = Candle(Start, 1) with { Open = number, High = number, Low = number, Close = number, Volume = number, QuoteVolume = number };

        await Store.WriteAsync(Writes(new SymbolCandle("BTC-USD", CandleInterval.Minute, candle)), Stop);

        var read = Assert.Single(await ReadAsync("BTC-USD", CandleInterval.Minute));
        Assert.All(
            new[] { read.Open, read.High, read.Low, read.Close, read.Volume, read.QuoteVolume },
            value => Assert.Equal(digits, value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Of_a_symbol_that_cannot_be_there_nothing_is_read()
    {
        foreach (var symbol in new[] { "a\0b", "\0", "\ud800", "a\udc00", "", "' OR 1=1 --", "\u202e%_\\", new string('a', 100_000) })
        {
            Assert.Empty(await ReadAsync(symbol, CandleInterval.Minute));
        }
    }

    [Theory]
    [InlineData(7, 4, false)]
    [InlineData(7, 5, true)]
    [InlineData(7, 6, true)]
    [InlineData(6, 99, false)]
    [InlineData(8, 0, true)]
    public async Task A_candle_replaces_one_that_is_not_newer(long epoch, long seq, bool isReplaced)
    {
        var (first, second) = (Candle(Start, 1, seq: 5), Candle(Start, 2) with { ChangedAt = new CandlePosition(epoch, seq) });
        foreach (var interval in CandleIntervals.Kept)
        {
            await Store.WriteAsync(Writes(new SymbolCandle("BTC-USD", interval, first)), Stop);

            await Store.WriteAsync(Writes(new SymbolCandle("BTC-USD", interval, second)), Stop);

            Assert.Equal(isReplaced ? second : first, Assert.Single(await ReadAsync("BTC-USD", interval)));
        }
    }

    [Theory]
    [InlineData(CandleInterval.Second)]
    [InlineData(CandleInterval.Minute)]
    public async Task A_page_has_the_first_or_the_last_candles_of_a_range(CandleInterval interval)
    {
        var all = Series("BTC-USD", interval, 20).ToList();
        await Store.WriteAsync(Writes([.. all, .. Series("ETH-USD", interval, 20)]), Stop);
        var range = new TimeRange(all[5].Candle.OpenTime, all[15].Candle.OpenTime);

        var first = await Store.ReadAsync("BTC-USD", interval, range, 4, isNewest: false, Stop);
        var last = await Store.ReadAsync("BTC-USD", interval, range, 4, isNewest: true, Stop);

        Assert.Equal(all[5..9].Select(candle => candle.Candle), first);
        Assert.Equal(all[11..15].Select(candle => candle.Candle), last);
        Assert.Equal(10, (await Store.ReadAsync("BTC-USD", interval, range, 1_000, isNewest: true, Stop)).Count);
    }

    [Fact]
    public async Task A_shard_is_loaded_with_its_position_its_coverage_and_its_newest_candles()
    {
        const int Shard = 3;
        SymbolCandle[] candles =
        [
            .. Series("B", CandleInterval.Second, 5), .. Series("B", CandleInterval.Minute, 3), .. Series("B", CandleInterval.Hour, 3),
            .. Series("A", CandleInterval.Second, 5), .. Series("A", CandleInterval.Day, 1),
        ];
        await Store.WriteAsync(
            [
                new(Shard, new CandlePosition(7, 5), Start.AddMilliseconds(2_500), [Range(0, 2.5)], [.. candles]),
                new(Shard + 1, new CandlePosition(9, 9), Start.AddDays(1), [Range(0, 9)], [.. Series("C", CandleInterval.Second, 3)]),
            ],
            Stop);

        var loaded = await Store.LoadAsync(Shard, Start.AddSeconds(3), Start.AddMinutes(1), Start.AddHours(2), Never, Stop);

        Assert.Equal(new CandlePosition(7, 5), loaded.Position);
        Assert.Equal(Start.AddMilliseconds(2_500), loaded.FinalBefore);
        Assert.Equal([Range(0, 2.5)], loaded.Covered);
        Assert.Equal([.. candles[11..16].Skip(3), .. candles[..5].Skip(3), .. candles[5..8].Skip(1), .. candles[8..11].Skip(2)], loaded.Candles);
    }

    [Fact]
    public async Task Of_later_times_than_asked_for_only_what_was_imported_is_loaded()
    {
        SymbolCandle[] made = [.. Series("A", CandleInterval.Second, 5), .. Series("A", CandleInterval.Minute, 5), .. Series("A", CandleInterval.Hour, 5)];
        var imported = Series("B", CandleInterval.Minute, 5).Select(candle => candle with { Candle = candle.Candle with { ChangedAt = default } }).ToArray();
        await Store.WriteAsync([new(3, new CandlePosition(7, 5), Start, [], [.. made, .. imported])], Stop);

        var loaded = await Store.LoadAsync(3, Start, Start, Start, Start.AddMinutes(2), Stop);

        Assert.Equal([.. made[..5], .. made[5..7], made[10], .. imported], loaded.Candles);
    }

    [Fact]
    public async Task A_shard_that_was_never_written_has_nothing()
    {
        var loaded = await Store.LoadAsync(0, Start, Start, Start, Never, Stop);

        Assert.Equal((default, default(DateTimeOffset)), (loaded.Position, loaded.FinalBefore));
        Assert.Empty(loaded.Covered);
        Assert.Empty(loaded.Candles);
    }

    [Theory]
    [InlineData(7, 6, 7, 6)]
    [InlineData(7, 4, 7, 5)]
    [InlineData(6, 9, 7, 5)]
    [InlineData(8, 1, 8, 1)]
    public async Task A_position_never_goes_back_but_what_is_final_may(long epoch, long seq, long expectedEpoch, long expectedSeq)
    {
        await Store.WriteAsync([new(1, new CandlePosition(7, 5), Start.AddSeconds(5), [], [])], Stop);

        await Store.WriteAsync([new(1, new CandlePosition(epoch, seq), Start, [], [])], Stop);

        var loaded = await Store.LoadAsync(1, Start, Start, Start, Never, Stop);
        Assert.Equal(new CandlePosition(expectedEpoch, expectedSeq), loaded.Position);
        Assert.Equal(new CandlePosition(epoch, seq) == loaded.Position ? Start : Start.AddSeconds(5), loaded.FinalBefore);
    }

    [Fact]
    public async Task What_a_shard_writes_after_others_have_claimed_it_is_left_out_and_named()
    {
        var shard = ICandleGrain.ShardOf("BTC-USD");
        var first = await Store.ClaimAsync(shard, Stop);
        var before = await WriteAsync(first, seq: 1, Range(0, 10));
        var second = await Store.ClaimAsync(shard, Stop);
        var other = new ShardWrite(shard + 1, new CandlePosition(7, 1), Start, [], []) { Claim = await Store.ClaimAsync(shard + 1, Stop) };
        SymbolCandle[] candles = [.. CandleIntervals.Kept.Select(interval => new SymbolCandle("BTC-USD", interval, Candle(Start, 1)))];

        var late = Write(first, seq: 2, Range(10, 20)) with { Candles = [.. candles] };
        Assert.Equal([late], await Store.WriteAsync([other, late], Stop));

        Assert.True(second > first);
        foreach (var interval in CandleIntervals.Kept)
        {
            Assert.Empty(await ReadAsync("BTC-USD", interval));
        }

        var loaded = await Store.LoadAsync(shard, Start, Start, Start, Never, Stop);
        Assert.Equal((before.Position, before.FinalBefore), (loaded.Position, loaded.FinalBefore));
        Assert.Equal([Range(0, 10)], loaded.Covered);
        Assert.Equal(other.Position, (await Store.LoadAsync(shard + 1, Start, Start, Start, Never, Stop)).Position);

        Assert.Empty(await Store.WriteAsync([late with { Claim = second }], Stop));
        Assert.Single(await ReadAsync("BTC-USD", CandleInterval.Second));
        Assert.Empty(await Store.WriteAsync([late with { Claim = 0 }], Stop)); // An import.

        ShardWrite Write(long claim, long seq, TimeRange covered) => new(shard, new CandlePosition(7, seq), covered.To, [covered], []) { Claim = claim };

        async Task<ShardWrite> WriteAsync(long claim, long seq, TimeRange covered)
        {
            var write = Write(claim, seq, covered);
            Assert.Empty(await Store.WriteAsync([write], Stop));
            return write;
        }
    }

    [Fact]
    public async Task Times_that_overlap_or_touch_are_one_and_gaps_stay()
    {
        foreach (var range in new[] { Range(0, 10), Range(20, 30), Range(30, 31.5), Range(40, 50), Range(45, 60), Range(5, 6), Range(70, 70), Range(100, 110) })
        {
            await Store.WriteAsync([new(1, default, default, [range], [])], Stop);
        }

        Assert.Equal([Range(0, 10), Range(20, 31.5), Range(40, 60), Range(100, 110)], (await Store.LoadAsync(1, Start, Start, Start, Never, Stop)).Covered);

        await Store.WriteAsync([new(1, default, default, [Range(10, 12), Range(11, 45), Range(-5, 0)], [])], Stop);

        Assert.Equal([Range(-5, 60), Range(100, 110)], (await Store.LoadAsync(1, Start, Start, Start, Never, Stop)).Covered);
        Assert.Equal(2L, Convert.ToInt64(await Database.QueryAsync("SELECT count(*) FROM coverage"), null));
    }

    [Theory]
    [InlineData(CandleInterval.Second)]
    [InlineData(CandleInterval.Minute)]
    public async Task Everything_is_read_by_symbol_and_time_in_portions_that_need_not_fit(CandleInterval interval)
    {
        SymbolCandle[] all =
            [.. Series("A-USD", interval, 7_001), .. Series("B-USD", interval, 3), .. Series("b-USD", interval, 5_000), .. Series("coinbase:A-USD", interval, 1)];
        await Store.WriteAsync(Writes(all.Reverse()), Stop);

        Assert.Equal(all, await Store.ReadAllAsync(interval, null, Stop).ToListAsync(Stop));

        var range = new TimeRange(Start + interval.Length(), Start + (3 * interval.Length()));
        Assert.Equal(
            all.Where(candle => candle.Candle.OpenTime >= range.From && candle.Candle.OpenTime < range.To),
            await Store.ReadAllAsync(interval, range, Stop).ToListAsync(Stop));
        Assert.Empty(await Store.ReadAllAsync(CandleInterval.Day, null, Stop).ToListAsync(Stop));
    }
}
