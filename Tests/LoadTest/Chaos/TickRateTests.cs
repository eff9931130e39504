using Microsoft.Extensions.Time.Testing;
using OrleansTicker.LoadTest.Chaos;

namespace OrleansTicker.Tests.LoadTest.Chaos;

public sealed class TickRateTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TickRate _rate;

    public TickRateTests()
    {
        _rate = new TickRate(_time);
        _rate.Begin();
    }

    [Theory]
    [InlineData(100)]
    [InlineData(91)]
    public void Ticks_that_come_often_enough_fall_short_by_no_more_than_one_tick(int rate)
    {
        Tick(500, rate);

        Assert.InRange(_rate.LongestShortfall, TimeSpan.Zero, TimeSpan.FromSeconds(1.0 / rate));
    }

    [Theory]
    [InlineData(89)]
    [InlineData(13)]
    public void Ticks_that_come_too_slowly_fall_short_for_all_of_their_time(int rate)
    {
        Tick(100, 100);
        Tick(4 * rate, rate);
        Tick(100, 100);

        Assert.InRange(_rate.LongestShortfall.TotalSeconds, 3.5, 4.2);
    }

    [Fact]
    public void A_silence_counts_with_its_own_length_also_while_it_lasts()
    {
        Tick(100, 100);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _rate.LongestShortfall.TotalSeconds, 0.001);

        Tick(100, 100);
        Assert.Equal(1.01, _rate.LongestShortfall.TotalSeconds, 0.001);
    }

    [Fact]
    public void A_few_late_ticks_do_not_count()
    {
        for (var second = 0; second < 5; second++)
        {
            Tick(98, 100);
            _time.Advance(TimeSpan.FromMilliseconds(20));
        }

        Assert.InRange(_rate.LongestShortfall, TimeSpan.Zero, TimeSpan.FromMilliseconds(40));
    }

    [Fact]
    public void While_none_are_expected_none_are_missed_and_a_reset_forgets_what_was()
    {
        Tick(100, 100);
        _rate.End();
        _time.Advance(TimeSpan.FromSeconds(10));
        _rate.Begin();
        Tick(100, 100);
        Assert.InRange(_rate.LongestShortfall, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));

        _time.Advance(TimeSpan.FromSeconds(2));
        _rate.End();
        Assert.Equal(2, _rate.LongestShortfall.TotalSeconds, 0.001);
        _rate.Reset();
        Assert.Equal(TimeSpan.Zero, _rate.LongestShortfall);
    }

    private void Tick(int count, int rate)
    {
        for (var i = 0; i < count; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1.0 / rate));
            _rate.Take();
        }
    }
}
