using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges;

public sealed class TradeNumbersTests
{
    private TradeNumbers _numbers;

    [Fact]
    public void Each_number_counts_once_in_whatever_order_they_come()
    {
        long[] numbers = [100, 103, 101, 103, 100, 102, 101, 166, 103, 104, 104];

        var counted = numbers.Where(number => _numbers.TryAdd(number, At(0)));

        Assert.Equal([100, 103, 101, 102, 166, 104], counted);
    }

    [Fact]
    public void The_oldest_number_of_the_window_still_counts_and_the_one_before_does_not()
    {
        Assert.True(_numbers.TryAdd(1000, At(0)));
        Assert.True(_numbers.TryAdd(1000 - TradeNumbers.Window + 1, At(0)));
        Assert.False(_numbers.TryAdd(1000 - TradeNumbers.Window, At(0)));
    }

    [Fact]
    public void A_jump_beyond_the_window_forgets_what_lies_below_it()
    {
        Assert.True(_numbers.TryAdd(1, At(0)));
        Assert.True(_numbers.TryAdd(1 + TradeNumbers.Window, At(0)));
        Assert.True(_numbers.TryAdd(2, At(0)));
        Assert.False(_numbers.TryAdd(1, At(0)));
    }

    [Fact]
    public void Trades_without_a_number_always_count() => Assert.True(_numbers.TryAdd(null, At(0)) && _numbers.TryAdd(null, At(0)));

    [Theory]
    [InlineData(long.MaxValue, long.MinValue)]
    [InlineData(long.MaxValue, 0)]
    [InlineData(1_000_000, 1)]
    public void A_restarted_numbering_counts_after_a_moment(long before, long after)
    {
        Assert.True(_numbers.TryAdd(before, At(0)));
        Assert.False(_numbers.TryAdd(after, At(1.9)));
        Assert.True(_numbers.TryAdd(after, At(2)));
        Assert.False(_numbers.TryAdd(after, At(2)));
        Assert.True(_numbers.TryAdd(after + 1, At(2)));
    }

    [Fact]
    public void Numbers_as_far_apart_as_they_can_be_count() =>
        Assert.True(_numbers.TryAdd(long.MinValue, At(0)) && _numbers.TryAdd(long.MaxValue, At(0)));

    [Fact]
    public void A_recording_that_starts_again_counts_again()
    {
        Assert.True(_numbers.TryAdd(1000, At(100)));
        Assert.True(_numbers.TryAdd(1, At(0)));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
