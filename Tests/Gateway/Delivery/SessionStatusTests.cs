using System.Collections.Immutable;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Tests.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>How a session is told which exchanges come and go.</summary>
public sealed class SessionStatusTests : SingleSessionTest
{
    [Fact]
    public void Who_asks_is_told_at_once_before_prices_and_again_when_something_changes()
    {
        Open(wantsStatus: true);
        Flush();
        Assert.Equal(["""{"type":"status","feeds":[]}"""], StatusesIn(Text()));
        Assert.True(Text().IndexOf("status", StringComparison.Ordinal) < Text().IndexOf("ticker", StringComparison.Ordinal));
        _socket.Taken.Clear();

        Feeds(new("coinbase", true), new("kraken", false, "no answer"));
        Flush();
        Feeds(new("coinbase", true), new("kraken", false, "no answer"));
        Move(("A", 2));
        Flush();

        Assert.Equal(
            ["""{"type":"status","feeds":[{"exchange":"coinbase","state":"live"},{"exchange":"kraken","state":"away","cause":"no answer"}]}"""],
            StatusesIn(Text()));
    }

    [Fact]
    public void Another_source_is_told_even_if_its_exchanges_are_the_same()
    {
        Open(wantsStatus: true);
        Begin(7, "Simulated");
        Flush();
        _socket.Taken.Clear();

        Begin(8, "Coinbase");
        Flush();

        Assert.Equal(["""{"type":"status","source":"coinbase","feeds":[]}"""], StatusesIn(Text()));
    }

    [Fact]
    public void Who_does_not_ask_is_told_nothing()
    {
        Open();
        Feeds(new FeedStatus("coinbase", true));
        Flush();

        Assert.Empty(StatusesIn(Text()));
    }

    [Fact]
    public void However_often_exchanges_come_and_go_a_slow_client_gets_the_newest_once()
    {
        Open(wantsStatus: true);
        Flush();
        _socket.Taken.Clear();
        _socket.Room = 0;
        Move(("A", 2));
        Flush();
        for (var change = 0; change < 1000; change++)
        {
            Feeds(new FeedStatus("coinbase", IsLive: change % 2 == 1, $"for the {change}th time"));
            Flush();
        }

        _socket.Room = int.MaxValue;
        Flush();

        Assert.Equal(["""{"type":"status","feeds":[{"exchange":"coinbase","state":"live"}]}"""], StatusesIn(Text()));
    }

    [Fact]
    public void A_socket_that_takes_half_of_it_gets_the_other_half_before_anything_else()
    {
        Open(wantsStatus: true);
        _socket.Room = 10;
        Flush();
        _socket.Room = int.MaxValue;
        Flush();

        Assert.Equal(["""{"type":"status","feeds":[]}"""], StatusesIn(Text()));
        Assert.Contains("\"ticker\"", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_told_after_the_answer_to_who_no_longer_wants_to_know_and_all_of_it_to_who_wants_it_again()
    {
        Open(wantsStatus: true);
        Flush();
        _socket.Taken.Clear();
        Channel.Hold();
        Feeds(new FeedStatus("coinbase", true));
        Flush();
        Apply(1, wantsStatus: false);
        Flush();
        Assert.Empty(StatusesIn(Text()));

        Channel.Hold();
        Apply(2, wantsStatus: true);
        Flush();

        Assert.Equal(["""{"type":"status","feeds":[{"exchange":"coinbase","state":"live"}]}"""], StatusesIn(Text()));
    }

    private void Feeds(params ImmutableArray<FeedStatus> feeds) => _feed.Newest = _feed.Newest.With(feeds);

    private void Begin(long epoch, string source) => _feed.Newest = MarketState.From(
        Ticks.Snapshot(epoch, 1, ("A", 1, 1), ("B", 1, 1)) with { Source = source, Feeds = [] }, _feed.Newest);

    private void Apply(long version, bool wantsStatus) =>
        ApplyView(new SessionView(["A", "B"], TimeSpan.Zero, version, WantsStatus: wantsStatus), isReview: false);

    private static IEnumerable<string> StatusesIn(string text) =>
        text.Split("{\"type\"").Where(part => part.StartsWith(":\"status\"", StringComparison.Ordinal))
            .Select(part => "{\"type\"" + part[..(part.LastIndexOf('}') + 1)]);
}
