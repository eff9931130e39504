using OrleansTicker.Grains.Prices.Feeds;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

public sealed class MessageOrderTests
{
    private readonly MessageOrder _order = new();

    [Fact]
    public void Each_product_has_an_order_of_its_own_and_the_same_message_again_is_none_too_old()
    {
        Assert.True(_order.IsNew("A", 5, At(0)));
        Assert.True(_order.IsNew("B", 3, At(0)));
        Assert.False(_order.IsNew("A", 4, At(1)));
        Assert.True(_order.IsNew("A", 5, At(1)));
        Assert.True(_order.IsNew("B", 4, At(1)));
    }

    [Fact]
    public void Messages_without_a_sequence_are_in_order_as_they_come()
    {
        Assert.True(_order.IsNew("A", 5, At(0)));
        Assert.True(_order.IsNew("A", null, At(0)));
    }

    [Fact]
    public void An_exchange_that_counts_anew_or_a_sequence_that_was_wrong_keeps_prices_out_for_a_moment_only()
    {
        Assert.True(_order.IsNew("A", long.MaxValue, At(0)));
        Assert.False(_order.IsNew("A", 1, At(1.9)));
        Assert.True(_order.IsNew("A", 2, At(2)));
        Assert.True(_order.IsNew("A", 3, At(2)));
    }

    [Fact]
    public void A_recording_of_several_runs_may_go_back_in_time() => Assert.True(_order.IsNew("A", 5, At(100)) && _order.IsNew("A", 1, At(0)));

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
