using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Grains.Prices;

namespace OrleansTicker.Tests.Gateway.Health;

/// <summary>What a gateway reports about its prices, wherever they fail to come from.</summary>
public sealed class PriceHealthTests : IDisposable
{
    private readonly WatchedTime _time = new();
    private readonly SeenLogs _logs = new();
    private readonly PriceHealth _health;

    public PriceHealthTests() => _health = new PriceHealth(_time, _logs.For<PriceHealth>());

    [Fact]
    public void An_outage_of_the_source_is_told_with_its_length_which_goes_on_between_two_words_of_the_ticker()
    {
        _health.TakeTick(new PriceOutage("Coinbase", TimeSpan.FromSeconds(11.5), "there is no connection to it"));
        Pass(1);

        Assert.Equal(["No usable price from Coinbase for 12 s: there is no connection to it"], _health.FindFaults());
        _health.TakeTick(null);
        Assert.Empty(_health.FindFaults());
    }

    [Fact]
    public void Ticks_that_cannot_be_read_while_the_ticker_answers_are_told_and_logged_once_when_it_begins_and_once_when_it_ends()
    {
        for (var second = 0; second < 5; second++)
        {
            Pass(1);
            _health.TakeAnswer(null);
        }

        Assert.Equal(["No tick can be read for 5 s: the ticker is asked for its market, and prices come less often"], _health.FindFaults());
        _health.TakeTick(null);
        Pass(1);

        Assert.Empty(_health.FindFaults());
        Assert.Single(_logs.Of(3011));
        Assert.Single(_logs.Of(3012));
    }

    [Fact]
    public void A_ticker_that_says_nothing_at_all_is_told_and_what_it_said_before_is_not()
    {
        _health.TakeTick(new PriceOutage("Coinbase", TimeSpan.FromSeconds(10), null));
        for (var second = 0; second < 70; second++)
        {
            Pass(1);
        }

        Assert.Equal(["No word from the ticker for 70 s"], _health.FindFaults());
        Assert.Single(_logs.Of(3010));
    }

    [Fact]
    public void A_clock_that_is_set_changes_nothing()
    {
        _health.TakeTick(null);
        _time.Step = TimeSpan.FromHours(1);
        Pass(1);

        Assert.Empty(_health.FindFaults());
    }

    public void Dispose() => _logs.Dispose();

    private void Pass(int seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _health.Tell();
    }
}
