using Microsoft.Extensions.Time.Testing;
using OrleansTicker.LoadTest.Api;

namespace OrleansTicker.Tests.LoadTest.Api;

public sealed class ApiScheduleTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(500);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Requests_are_due_at_a_fixed_rate()
    {
        var schedule = new ApiSchedule(rate: 10, Length, _time);

        Assert.Equal(TimeSpan.Zero, await schedule.NextAsync(Stop));
        var second = schedule.NextAsync(Stop);
        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(100), await second);
    }

    [Fact]
    public async Task A_request_that_nobody_was_free_to_make_counts_from_when_it_was_due()
    {
        var schedule = new ApiSchedule(rate: 10, Length, _time);
        await schedule.NextAsync(Stop);

        _time.Advance(TimeSpan.FromMilliseconds(350)); // The answer to the first took so long.

        Assert.Equal<TimeSpan?>(
            [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(300)],
            [await schedule.NextAsync(Stop), await schedule.NextAsync(Stop), await schedule.NextAsync(Stop)]);
        Assert.False(schedule.NextAsync(Stop).IsCompleted);
    }

    [Fact]
    public async Task Without_a_rate_a_request_is_due_at_once()
    {
        var schedule = new ApiSchedule(rate: null, Length, _time);
        _time.Advance(TimeSpan.FromMilliseconds(350));

        Assert.Equal(TimeSpan.FromMilliseconds(350), await schedule.NextAsync(Stop));
        Assert.Equal(TimeSpan.FromMilliseconds(350), await schedule.NextAsync(Stop));
    }

    [Theory]
    [InlineData(10, 5)]
    [InlineData(null, 0)]
    public async Task Nothing_is_due_when_the_time_is_over_but_what_was_due_before_is_made(int? rate, int left)
    {
        var schedule = new ApiSchedule(rate, Length, _time);
        _time.Advance(Length);

        for (; left > 0; left--)
        {
            Assert.NotNull(await schedule.NextAsync(Stop));
        }

        Assert.Null(await schedule.NextAsync(Stop));
    }
}
