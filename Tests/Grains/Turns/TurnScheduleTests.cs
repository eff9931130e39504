using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Turns;

namespace OrleansTicker.Tests.Grains.Turns;

public sealed class TurnScheduleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Late_timers_do_not_slow_the_ticker_down()
    {
        var schedule = new TurnSchedule(Interval, _time);
        var start = _time.GetUtcNow();
        var turns = 0;
        while (_time.GetUtcNow() - start < TimeSpan.FromMinutes(1))
        {
            turns++;

            // Every turn takes time and every timer is late, as real ones are.
            _time.Advance(TimeSpan.FromMilliseconds(1.3));
            _time.Advance(schedule.Next() + TimeSpan.FromMilliseconds(0.9));
        }

        Assert.InRange(turns, 5999, 6001);
    }

    [Fact]
    public void A_turn_that_was_missed_is_made_up_at_once()
    {
        var schedule = new TurnSchedule(Interval, _time);
        _time.Advance(TimeSpan.FromMilliseconds(35));

        Assert.Equal(TimeSpan.Zero, schedule.Next());
        Assert.Equal(TimeSpan.Zero, schedule.Next());
        Assert.Equal(TimeSpan.Zero, schedule.Next());
        Assert.Equal(TimeSpan.FromMilliseconds(5), schedule.Next());
    }

    [Fact]
    public void After_a_long_standstill_the_schedule_starts_anew()
    {
        var schedule = new TurnSchedule(Interval, _time);
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(TimeSpan.Zero, schedule.Next());
        Assert.Equal(Interval, schedule.Next());
    }

    [Fact]
    public void An_interval_longer_than_the_catch_up_is_kept()
    {
        var schedule = new TurnSchedule(TimeSpan.FromSeconds(10), _time);

        Assert.Equal(TimeSpan.FromSeconds(10), schedule.Next());
        _time.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(TimeSpan.FromSeconds(8), schedule.Next());
    }
}
