using System.Collections.Immutable;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>When a session's view changes, and how its interval holds prices back.</summary>
public sealed class SessionViewTests : SingleSessionTest
{
    [Fact]
    public void At_most_one_message_goes_out_in_an_interval_and_it_holds_the_newest()
    {
        Open();
        ApplyView(["A"], 1, TimeSpan.FromMilliseconds(250), isReview: true);
        Flush();
        Move(("A", 2));
        Assert.Equal(TimeSpan.FromMilliseconds(250), Flush());
        _time.Advance(TimeSpan.FromMilliseconds(240));
        Move(("A", 3));
        Assert.Equal(TimeSpan.FromMilliseconds(10), Flush());
        Assert.Equal(1, _sent.Frames);
        _socket.Taken.Clear();

        _time.Advance(TimeSpan.FromMilliseconds(10));
        Flush();

        Assert.Contains("\"seq\":3,\"prev_seq\":1", Text(), StringComparison.Ordinal);
        Assert.Equal(0, _sent.Conflated);
    }

    [Fact]
    public void Prices_are_held_back_until_the_view_that_was_announced()
    {
        Open();
        Channel.Hold();
        Flush();
        ApplyView(["B"], 1, TimeSpan.Zero, isReview: true);
        Flush();
        Assert.Empty(_socket.Taken);

        ApplyView(["A"], 2, TimeSpan.Zero, isReview: false);
        Flush();

        Assert.Contains("\"A\"", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_of_two_views_does_not_release_what_is_held_for_the_second()
    {
        Open();
        Channel.Hold();
        Channel.Hold();
        ApplyView(["B"], 1, isReview: false);
        Flush();
        Assert.Empty(_socket.Taken);

        ApplyView(["A"], 2, isReview: false);
        Flush();

        Assert.Contains("\"A\"", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_that_was_overtaken_is_not_taken()
    {
        Open();
        ApplyView(["A"], 2);
        ApplyView(["B"], 1);

        Assert.Equal(["A"], Channel.View.Symbols);
        Assert.Equal(1, _views.Count); // The view that was not taken is released.
    }

    [Fact]
    public void Symbols_that_are_new_in_the_market_are_asked_about_one_time_after_the_other()
    {
        var asked = new List<ImmutableArray<string>>();
        Open(onReview: asked.Add);
        Channel.OnSymbolsChanged(_feed.Newest);
        Move(("C", 2));

        Channel.OnSymbolsChanged(_feed.Newest);
        Channel.OnSymbolsChanged(_feed.Newest);
        Assert.Equal(["A", "B", "C"], Assert.Single(asked));

        Move(("D", 3));
        ApplyView(["A", "B"], 2, market: asked[0]);
        Channel.OnSymbolsChanged(_feed.Newest);
        Assert.Equal(["A", "B", "C", "D"], asked[1]);

        ApplyView(["A"], 1, market: asked[0]);
        ApplyView(["A", "B", "C"], 3, market: asked[1]);
        Channel.OnSymbolsChanged(_feed.Newest);
        Assert.Equal(2, asked.Count);
    }
}
