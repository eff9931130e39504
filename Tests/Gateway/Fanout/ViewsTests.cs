using OrleansTicker.Gateway.Fanout;

namespace OrleansTicker.Tests.Gateway.Fanout;

public sealed class ViewsTests
{
    private readonly Views _views = new();

    [Fact]
    public void Who_wants_the_same_shares_a_view_for_as_long_as_somebody_has_it()
    {
        var one = _views.Lend(["A", "B"]);
        Assert.Same(one, _views.Lend(["A", "B"]));
        Assert.NotSame(one, _views.Lend(["A"]));
        Assert.Equal(2, _views.Count);

        _views.TakeBack(one);
        Assert.Same(one, _views.Lend(["A", "B"]));
        _views.TakeBack(one);
        _views.TakeBack(one);

        Assert.Equal(1, _views.Count);
        Assert.NotSame(one, _views.Lend(["A", "B"]));
    }
}
