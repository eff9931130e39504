using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>How a session is sent more or less of each quote.</summary>
public sealed class SessionDetailTests : SingleSessionTest
{
    [Fact]
    public void A_change_that_the_view_does_not_show_is_not_sent_and_the_next_message_follows_the_last()
    {
        Open();
        Flush();
        _socket.Taken.Clear();
        Bid("A", 5);
        Flush();
        Assert.Empty(_socket.Taken);

        Move(("B", 2));
        Flush();

        Assert.EndsWith(
            """{"type":"ticker","epoch":7,"seq":3,"prev_seq":1,"ts":1767268800000000,"data":[{"symbol":"B","price":2,"timestamp":1767268800}]}""",
            Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_asks_for_more_is_sent_every_quote_whole_and_then_what_changed()
    {
        Open();
        Bid("A", 5);
        Flush();
        _socket.Taken.Clear();

        Apply(["A", "B"], 1, DetailLevel.Full);
        Flush();
        Bid("B", 6);
        Flush();

        Assert.Contains("\"seq\":2,\"prev_seq\":2,", Text(), StringComparison.Ordinal);
        Assert.Contains("\"symbol\":\"A\",\"price\":1,\"timestamp\":1767268800,\"time_us\":1767268800000000,\"bid\":5,", Text(), StringComparison.Ordinal);
        Assert.Contains("\"symbol\":\"B\",\"price\":1,\"timestamp\":1767268800,\"time_us\":1767268800000000}", Text(), StringComparison.Ordinal);
        Assert.Contains("\"seq\":3,\"prev_seq\":2,", Text(), StringComparison.Ordinal);
        Assert.EndsWith("\"bid\":6,\"trades\":0,\"volume\":0}]}", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_asks_for_less_is_sent_what_is_new_to_it_and_nothing_again()
    {
        Open();
        Apply(["A"], 1, DetailLevel.Full);
        Flush();
        _socket.Taken.Clear();

        Apply(["A", "B"], 2, DetailLevel.Price);
        Flush();

        Assert.EndsWith("\"data\":[{\"symbol\":\"B\",\"price\":1,\"timestamp\":1767268800}]}", Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"A\"", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_goes_back_and_forth_before_anything_is_sent_is_sent_every_quote_whole()
    {
        Open();
        Apply(["A", "B"], 1, DetailLevel.Full);
        Flush();
        _socket.Taken.Clear();

        Apply(["A", "B"], 2, DetailLevel.Price);
        Apply(["A", "B"], 3, DetailLevel.Full);
        Flush();

        Assert.Contains("\"A\"", Text(), StringComparison.Ordinal);
        Assert.Contains("\"B\"", Text(), StringComparison.Ordinal);
    }

    private void Apply(string[] symbols, long version, DetailLevel detail) =>
        ApplyView(new SessionView([.. symbols], TimeSpan.Zero, version, Detail: detail));

    /// <summary>A tick that changes nothing but a bid.</summary>
    private void Bid(string symbol, decimal bid)
    {
        Assert.True(_feed.Newest.TryGetPlace(symbol, out var place));
        var quote = _feed.Newest[place].Quote with { Details = new QuoteDetails { Bid = bid } };
        _feed.Newest = _feed.Newest.Apply(new Tick(_feed.Newest.At.Epoch, _feed.Newest.At.Seq + 1, Ticks.Noon, [quote]));
    }
}
