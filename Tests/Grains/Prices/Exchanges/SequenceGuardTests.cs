using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges;

public sealed class SequenceGuardTests
{
    private SequenceGuard _guard;

    [Fact]
    public void A_lower_number_is_old_and_the_same_again_is_not()
    {
        Assert.True(_guard.IsNew(5, At(0)));
        Assert.False(_guard.IsNew(4, At(1)));
        Assert.True(_guard.IsNew(5, At(1)));
        Assert.True(_guard.IsNew(6, At(1)));
    }

    [Fact]
    public void Messages_without_a_number_are_in_the_order_of_receipt()
    {
        Assert.True(_guard.IsNew(null, At(0)));
        Assert.True(_guard.IsNew(null, At(0)));
    }

    [Fact]
    public void A_message_without_a_number_is_older_than_a_numbered_one_that_has_just_come()
    {
        Assert.True(_guard.IsNew(5, At(0)));
        Assert.False(_guard.IsNew(null, At(1.9)));
        Assert.True(_guard.IsNew(null, At(2)));
        Assert.True(_guard.IsNew(6, At(2)));
    }

    [Fact]
    public void A_restarted_numbering_or_a_number_that_was_wrong_keeps_messages_out_for_a_moment_only()
    {
        Assert.True(_guard.IsNew(long.MaxValue, At(0)));
        Assert.False(_guard.IsNew(1, At(1.9)));
        Assert.True(_guard.IsNew(2, At(2)));
        Assert.True(_guard.IsNew(3, At(2)));
    }

    [Fact]
    public void A_recording_of_several_runs_may_go_back_in_time() => Assert.True(_guard.IsNew(5, At(100)) && _guard.IsNew(1, At(0)));

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
