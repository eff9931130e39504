using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Protocol.Native;

namespace OrleansTicker.Tests.Gateway.Channels.Ticker;

public sealed class ViewsTests
{
    private readonly Views _views = new();

    [Fact]
    public void Who_wants_the_same_shares_a_view_for_as_long_as_somebody_has_it()
    {
        var one = _views.Acquire(["A", "B"], NativeEncoding.Plain);
        Assert.Same(one, _views.Acquire(["A", "B"], NativeEncoding.Plain));
        Assert.NotSame(one, _views.Acquire(["A"], NativeEncoding.Plain));
        Assert.NotSame(one, _views.Acquire(["A", "B"], NativeEncoding.Compressed));
        Assert.Equal(3, _views.Count);

        _views.Release(one);
        Assert.Same(one, _views.Acquire(["A", "B"], NativeEncoding.Plain));
        _views.Release(one);
        _views.Release(one);

        Assert.Equal(2, _views.Count);
        Assert.NotSame(one, _views.Acquire(["A", "B"], NativeEncoding.Plain));
    }
}
