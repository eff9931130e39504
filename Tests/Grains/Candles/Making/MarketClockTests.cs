using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Candles.Making;

namespace OrleansTicker.Tests.Grains.Candles.Making;

/// <summary>The time of the market, whatever clocks say.</summary>
public sealed class MarketClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(1999, 1, 1, 0, 0, 0, TimeSpan.Zero)); // The clock of this machine is wrong.
    private readonly MarketClock _clock;

    public MarketClockTests() => _clock = new MarketClock(_time);

    [Fact]
    public void It_begins_at_the_earliest_of_three_symbols_when_the_turn_is_over()
    {
        Hear((0, 2), (1, 1), (2, 3));
        Assert.False(_clock.HasBegun);

        _clock.Proceed();

        Assert.True(_clock.HasBegun);
        Assert.Equal((1, 1), (Now, WatchedFrom));
    }

    [Fact]
    public void A_first_event_with_a_wrong_time_is_put_right_by_the_others_of_its_turn()
    {
        Hear((0, 3600), (0, 3601), (0, 3602), (1, 1), (2, 2), (3, 3), (4, 3));

        _clock.Proceed();

        Assert.InRange(Now, 1, 3);
    }

    [Fact]
    public void A_first_event_waits_for_others_of_its_market_only_for_a_moment()
    {
        Hear((0, 10));
        Pass(1.99);
        Assert.False(_clock.HasBegun);

        Hear((0, 11.9));
        Pass(0.01);

        Assert.Equal(10, Now);
    }

    [Fact]
    public void It_proceeds_with_the_monotonic_clock_while_nothing_happens()
    {
        Begin();
        Pass(3600);

        Assert.Equal(3600, Now);
    }

    [Fact]
    public void One_symbol_with_a_wrong_time_moves_nothing_however_often_it_speaks()
    {
        Begin();
        for (var second = 1; second <= 100; second++)
        {
            Hear((0, second + 4), (0, second + 3600), (0, second + 3600.1), (0, second + 3600.2));
            Pass(1);
            Hear((1, second), (2, second));
        }

        Assert.Equal(100, Now);
        Assert.Equal(0, WatchedFrom);
    }

    [Fact]
    public void A_jump_is_believed_when_three_symbols_agree_and_the_time_between_was_not_watched()
    {
        Begin();
        Hear((0, 3600), (1, 3600.5));
        Assert.Equal(0, Now);

        Hear((2, 3600.7));

        Assert.Equal((3600, 3600), (Now, WatchedFrom));
    }

    [Fact]
    public void A_jump_ends_at_what_most_say_though_one_of_the_witnesses_is_wrong()
    {
        Begin();
        Hear((3, 1_000_000), (0, 3600), (1, 3600.5));

        Assert.Equal(3600, Now);
    }

    [Fact]
    public void Witnesses_of_a_jump_follow_each_other()
    {
        Begin();
        Pass(1);
        Hear((0, 3600), (1, 3600), (2, 1), (0, 3600), (1, 3600));

        Assert.Equal(1, Now);
    }

    [Fact]
    public void A_market_of_one_symbol_jumps_by_three_events_and_one_of_two_symbols_only_by_both()
    {
        Hear((0, 0));
        Pass(2);
        Hear((0, 100), (0, 101), (0, 102));
        Assert.Equal(100, Now);

        Hear((1, 100), (0, 200), (0, 201), (0, 202));
        Assert.Equal(100, Now);

        Hear((1, 200));
        Assert.Equal(200, Now);
    }

    [Fact]
    public void Where_only_one_of_many_symbols_is_left_it_is_believed_after_a_while()
    {
        Begin();
        for (var step = 0; step < 30; step++)
        {
            Hear((0, 3600 + step));
            Pass(1);
        }

        Assert.Equal((3629, 3600), (Now, WatchedFrom));
    }

    [Fact]
    public void A_replay_at_any_speed_moves_it_by_its_events()
    {
        Begin();
        for (var turn = 1; turn <= 100; turn++)
        {
            Hear(turn * 100, (turn * 100) + 40, (turn * 100) + 70);
            Pass(0.01);
        }

        Assert.InRange(Now, 9_900, 10_100);
    }

    [Fact]
    public void A_time_that_one_clock_skips_belongs_to_the_watched_time_only_if_it_is_short()
    {
        Begin();
        Hear((0, 5), (1, 5), (2, 5));
        Assert.Equal((5, 0), (Now, WatchedFrom));

        Hear((0, 10.1), (1, 10.1), (2, 10.1));
        Assert.Equal((10.1, 10.1), (Now, WatchedFrom));
    }

    [Fact]
    public void A_second_pass_of_a_recording_never_comes_as_far_as_the_first_and_moves_nothing()
    {
        Begin();
        PlayPass();
        Assert.Equal(30, Now, 0.5);
        for (var pass = 0; pass < 20; pass++)
        {
            PlayPass();
        }

        // It has come to rest after ten seconds in which all was late, so no pass ends among what is not final.
        Assert.InRange(Now, 40, 46);

        void PlayPass()
        {
            for (var step = 0; step < 300; step++)
            {
                Pass(0.1);
                Hear((step % 3, (step + 1) * 0.1));
            }
        }
    }

    [Fact]
    public void A_clock_that_an_exchange_sets_back_makes_candles_again_when_it_has_come_as_far()
    {
        Begin();
        for (var second = 1; second <= 60; second++)
        {
            Pass(1);
            Hear(second - 20, second - 20, second - 20);
        }

        Assert.Equal(40, Now, 2.0); // It waited at some 11 s, from the 11th second to the 31st.
        Hear(40, 41, 42);
        Assert.Equal(40, Now, 2.0);
    }

    [Fact]
    public void One_late_symbol_among_others_stops_nothing()
    {
        Begin();
        for (var second = 1; second <= 60; second++)
        {
            Pass(1);
            Hear((0, second - 20), (1, second - 0.1));
        }

        Assert.Equal(60, Now);
    }

    [Fact]
    public void Times_at_both_ends_of_the_calendar_do_no_harm()
    {
        _clock.Observe(0, DateTimeOffset.MinValue.UtcTicks);
        _clock.Observe(1, DateTimeOffset.MaxValue.UtcTicks);
        _clock.Observe(2, DateTimeOffset.MaxValue.UtcTicks);
        Pass(10);
        _clock.Observe(0, DateTimeOffset.MaxValue.UtcTicks);
        Pass(10);

        Assert.True(_clock.Now <= DateTimeOffset.MaxValue.UtcTicks);
    }

    private double Now => SecondsOf(_clock.Now);

    private double WatchedFrom => SecondsOf(_clock.WatchedFrom);

    private static double SecondsOf(long ticks) => Math.Round(TimeSpan.FromTicks(ticks - Noon.UtcTicks).TotalSeconds, 3);

    private void Begin()
    {
        Hear(0, 0, 0);
        _clock.Proceed();
    }

    private void Pass(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _clock.Proceed();
    }

    /// <summary>One event of each of the first symbols.</summary>
    private void Hear(params double[] seconds) => Hear([.. seconds.Select((second, symbol) => (symbol, second))]);

    private void Hear(params (int Symbol, double Second)[] events)
    {
        foreach (var (symbol, second) in events)
        {
            _clock.Observe(symbol, Noon.AddSeconds(second).UtcTicks);
        }
    }
}
