using OrleansTicker.Gateway.Limits;

namespace OrleansTicker.Tests.Gateway.Limits;

public sealed class HeadcountTests
{
    [Fact]
    public void There_are_never_more_of_a_key_than_there_may_be_and_nothing_is_kept_of_those_that_left()
    {
        var headcount = new Headcount<string>(max: 2);

        Assert.True(headcount.TryEnter("one"));
        Assert.True(headcount.TryEnter("one"));
        Assert.False(headcount.TryEnter("one"));
        Assert.True(headcount.TryEnter("other"));
        headcount.Leave("one");
        Assert.True(headcount.TryEnter("one"));
        headcount.Leave("one");
        headcount.Leave("one");
        headcount.Leave("other");

        Assert.Equal(0, headcount.Count);
    }

    [Fact]
    public async Task Those_who_come_and_go_at_once_are_all_counted()
    {
        var headcount = new Headcount<int>(max: int.MaxValue);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var count = 0; count < 20_000; count++)
            {
                headcount.TryEnter(count % 7);
                headcount.Leave(count % 7);
            }
        })));

        Assert.Equal(0, headcount.Count);
    }
}
