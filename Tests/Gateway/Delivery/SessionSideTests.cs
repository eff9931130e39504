using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>What a session is sent between prices.</summary>
public sealed class SessionSideTests : SingleSessionTest
{
    private readonly QueuedSideChannel _side = new();

    public SessionSideTests() => _test = new TestSession(_socket, _feed.Newest.Symbols, _time) { Views = _views, Side = _side };

    [Fact]
    public void What_there_is_beside_prices_follows_them()
    {
        _side.Say("<1>", "<2>");

        Assert.Equal(TimeSpan.MaxValue, Flush());

        Assert.EndsWith("}<1><2>", Text(), StringComparison.Ordinal);
        Assert.Contains("\"ticker\"", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void After_some_in_a_row_others_have_their_turn()
    {
        _side.Say([.. Enumerable.Range(0, SideSender.Burst + 1).Select(number => $"<{number}>")]);

        Assert.Equal(SideSender.Pause, Flush());
        Assert.DoesNotContain($"<{SideSender.Burst}>", Text(), StringComparison.Ordinal);

        Move(("A", 2));
        Assert.Equal(TimeSpan.MaxValue, Flush());
        Assert.EndsWith($"}}<{SideSender.Burst}>", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_reads_slowly_gets_prices_and_what_is_beside_them()
    {
        _side.Say([.. Enumerable.Range(0, 5).Select(number => $"<{number}>")]);
        for (var price = 1; price < 200 && !Text().Contains("<4>", StringComparison.Ordinal); price++)
        {
            Move(("A", price));
            _socket.Room = 20; // Less than a price needs, so that each one leaves the socket full.
            Flush();
        }

        Assert.Contains("<4>", Text(), StringComparison.Ordinal);
        Assert.True(Text().Split("\"ticker\"").Length > 2, "Prices come between them.");
        Assert.Equal(Enumerable.Range(0, 5), Enumerable.Range(0, 5).OrderBy(number => Text().IndexOf($"<{number}>", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_follows_the_end_of_a_session()
    {
        Flush();
        _socket.Taken.Clear();
        _side.Say("<1>");
        _test!.Session.End(CloseReason.TokenRevoked);
        Flush();

        Assert.Empty(_socket.Taken);
        _test.Session.Close();
        Assert.True(_side.IsClosed);
    }
}
