using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Market;

namespace OrleansTicker.Tests.Grains.Prices.Market;

public sealed class FeedLinkTimingTests
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly FeedLink _link;
    private TimeSpan _roundTrip;
    private FeedReader? _reader;

    public FeedLinkTimingTests()
    {
        var (factory, grains) = FeedGrains.Create();
        grains.Answer = reader =>
        {
            _reader = reader;
            _time.Advance(_roundTrip);
            return Task.FromResult(new FeedReport { Exchange = "Kraken" });
        };
        _link = new FeedLink("Kraken", factory, new LocalFeeds(), _time, NullLogger.Instance);
    }

    [Fact]
    public void A_feed_is_told_of_a_turn_earlier_by_the_way_there_and_back()
    {
        _roundTrip = TimeSpan.FromMilliseconds(4);
        Attach(milliseconds: 6);
        Assert.Equal(1, _reader!.NextTurnIn.TotalMilliseconds); // Nothing is known of the way yet: half a turn is safe.

        AttachOften();
        Attach(milliseconds: 6);
        Assert.Equal(2, _reader.NextTurnIn.TotalMilliseconds, precision: 1);
        Attach(milliseconds: 1);
        Assert.Equal(7, _reader.NextTurnIn.TotalMilliseconds, precision: 1); // Before one turn later.
    }

    [Fact]
    public void A_slow_answer_moves_it_little()
    {
        AttachOften();
        _roundTrip = TimeSpan.FromMilliseconds(900);
        Attach(milliseconds: 6);
        Attach(milliseconds: 6);

        Assert.Equal(6 - 1.25, _reader!.NextTurnIn.TotalMilliseconds, precision: 2); // A quarter of half a turn.
    }

    private void AttachOften()
    {
        for (var i = 0; i < 50; i++)
        {
            Attach(milliseconds: 6);
        }
    }

    private void Attach(int milliseconds) => _link.Attach(1, Turn, TimeSpan.FromMilliseconds(milliseconds));
}
