using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Candles.Making;

namespace OrleansTicker.Tests.Grains.Candles.Making;

/// <summary>What holds of the market's time, whatever events come, and whenever.</summary>
public sealed class MarketClockProperties
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<(int Symbol, int At, int Wait)[]> GenEvents =
        Gen.Select(Gen.Int[0, 5], Gen.OneOf(Gen.Int[0, 60_000], Gen.Int[-100_000_000, 100_000_000]), Gen.Int[0, 2000]).Array[1, 200];

    [Fact]
    public void It_never_goes_back_and_is_never_watched_longer_than_it_is() => GenEvents.Sample(events =>
    {
        var (time, clock) = Begin();
        var before = clock.Now;
        foreach (var (symbol, at, wait) in events)
        {
            clock.Observe(symbol, Noon.AddMilliseconds(at).UtcTicks);
            Assert.True(clock.Now >= before);
            before = clock.Now;
            time.Advance(TimeSpan.FromMilliseconds(wait));
            clock.Proceed();
            Assert.True(clock.Now >= before);
            before = clock.Now;
            Assert.InRange(clock.WatchedFrom, clock.BegunAt, clock.Now);
        }
    });

    [Fact]
    public void A_liar_among_three_honest_symbols_changes_nothing() => GenEvents.Sample(lies =>
    {
        var (time, clock) = Begin();
        foreach (var (turn, (_, at, _)) in lies.Index())
        {
            for (var again = 0; again < 4; again++)
            {
                clock.Observe(3, Noon.AddMilliseconds(at + again).UtcTicks);
            }

            for (var symbol = 0; symbol < 3; symbol++)
            {
                clock.Observe(symbol, Noon.AddMilliseconds(turn * 100).UtcTicks);
            }

            time.Advance(TimeSpan.FromMilliseconds(100));
            clock.Proceed();
            Assert.Equal(Noon.AddMilliseconds((turn + 1) * 100).UtcTicks, clock.Now);
        }
    });

    [Fact]
    public void It_follows_a_replay_of_any_speed_and_loses_none_of_it() => Gen.Select(Gen.Int[1, 10_000], Gen.Int[3, 10]).Sample((speed, symbols) =>
    {
        var (time, clock) = Begin();
        var played = TimeSpan.Zero;
        for (var turn = 0; turn < 50; turn++)
        {
            for (var part = 0; part < 10; part++)
            {
                played += TimeSpan.FromMilliseconds(1) * speed;
                clock.Observe(((turn * 10) + part) % symbols, (Noon + played).UtcTicks);
            }

            time.Advance(TimeSpan.FromMilliseconds(10));
            clock.Proceed();
            Assert.InRange(clock.Now, (Noon + played - (TimeSpan.FromMilliseconds(3) * speed)).UtcTicks, (Noon + played).UtcTicks + TimeSpan.FromSeconds(1).Ticks);
        }
    });

    private static (FakeTimeProvider Time, MarketClock Clock) Begin()
    {
        var time = new FakeTimeProvider();
        var clock = new MarketClock(time);
        for (var symbol = 0; symbol < 3; symbol++)
        {
            clock.Observe(symbol, Noon.UtcTicks);
        }

        clock.Proceed();
        return (time, clock);
    }
}
