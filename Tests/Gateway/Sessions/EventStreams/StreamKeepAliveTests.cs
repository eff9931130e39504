using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Sessions.EventStreams;

namespace OrleansTicker.Tests.Gateway.Sessions.EventStreams;

public sealed class StreamKeepAliveTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _time = new();
    private readonly StreamKeepAlive _keepAlive;
    private readonly List<int> _comments = [];
    private int _second;

    public StreamKeepAliveTests() => _keepAlive = new StreamKeepAlive([1], Interval, _time);

    [Fact]
    public void A_comment_is_sent_after_each_interval_without_prices_and_nobody_is_given_up()
    {
        Pass(seconds: 50);

        Assert.Equal([15, 30, 45], _comments);
    }

    [Fact]
    public void Prices_take_the_place_of_comments()
    {
        for (var seq = 1; seq <= 10; seq++)
        {
            Pass(seconds: 14, seq);
        }

        Assert.Empty(_comments);
        Pass(seconds: 15, seq: 10);
        Assert.Single(_comments);
    }

    [Fact]
    public void A_client_that_is_behind_is_sent_no_comment()
    {
        Pass(seconds: 40, isBehind: true);
        Assert.Empty(_comments);

        Pass(seconds: 15);
        Assert.Equal([55], _comments);
    }

    private void Pass(int seconds, long seq = 0, bool isBehind = false)
    {
        for (var end = _second + seconds; _second < end;)
        {
            _second++;
            _time.Advance(TimeSpan.FromSeconds(1));
            if (_keepAlive.Check(isBehind, seq == 0 ? default : new Cursor(1, seq)) is var step and not KeepAliveStep.None)
            {
                Assert.Equal(KeepAliveStep.Ping, step);
                _comments.Add(_second);
            }
        }
    }
}
