using Microsoft.Extensions.Time.Testing;
using OrleansTicker.LoadTest.Chaos;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.Tests.LoadTest.Chaos;

public sealed class StatusLogTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StatusLog _log;

    public StatusLogTests() => _log = new StatusLog(_time);

    [Fact]
    public void It_says_when_an_exchange_went_and_when_it_was_back()
    {
        Tell(kraken: true);
        var killedAt = _time.GetTimestamp();
        Tell(kraken: true, after: 400);
        Tell(kraken: false, after: 200);
        Assert.Equal((600, null), Times(killedAt));
        Assert.False(_log.IsLive("Kraken"));

        Tell(kraken: false, after: 100);
        Tell(kraken: true, after: 300);
        Assert.Equal((600, 1000), Times(killedAt));
        Assert.True(_log.IsLive("Kraken"));
    }

    [Fact]
    public void An_exchange_that_comes_and_goes_is_back_when_it_comes_for_the_last_time()
    {
        Tell(kraken: true);
        var killedAt = _time.GetTimestamp();
        Tell(kraken: false, after: 500);
        Tell(kraken: true, after: 500);
        Tell(kraken: false, after: 500);
        Assert.Equal((500, null), Times(killedAt));

        Tell(kraken: true, after: 500);
        Assert.Equal((500, 2000), Times(killedAt));
    }

    [Fact]
    public void What_was_told_before_does_not_count()
    {
        Tell(kraken: false);
        Tell(kraken: true, after: 1);

        Assert.Equal((null, null), Times(_time.GetTimestamp() + 1));
        Assert.False(_log.IsLive("OKX")); // It was never told of.
    }

    private (double? Away, double? Back) Times(long since) =>
        (_log.AwayAfter("Kraken", since)?.TotalMilliseconds, _log.BackAfter("Kraken", since)?.TotalMilliseconds);

    private void Tell(bool kraken, int after = 0)
    {
        _time.Advance(TimeSpan.FromMilliseconds(after));
        _log.Take([new ReceivedFeed("coinbase", IsLive: true), new ReceivedFeed("kraken", kraken)]);
    }
}
