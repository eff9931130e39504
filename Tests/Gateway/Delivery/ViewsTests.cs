using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Tests.Gateway.Delivery;

public sealed class ViewsTests
{
    private readonly Views _views = new();

    [Fact]
    public void Who_wants_the_same_shares_a_view_for_as_long_as_somebody_has_it()
    {
        var one = _views.Acquire(["A", "B"], isCompressed: false);
        Assert.Same(one, _views.Acquire(["A", "B"], isCompressed: false));
        Assert.NotSame(one, _views.Acquire(["A"], isCompressed: false));
        Assert.NotSame(one, _views.Acquire(["A", "B"], isCompressed: true));
        Assert.Equal(3, _views.Count);

        _views.Release(one);
        Assert.Same(one, _views.Acquire(["A", "B"], isCompressed: false));
        _views.Release(one);
        _views.Release(one);

        Assert.Equal(2, _views.Count);
        Assert.NotSame(one, _views.Acquire(["A", "B"], isCompressed: false));
    }
}
