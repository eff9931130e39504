using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>Which clients are pinged, and which are given up.</summary>
public sealed class KeepAliveTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly TickerSessionOptions _options = new();
    private readonly KeepAlive _keepAlive;

    public KeepAliveTests() => _keepAlive = new KeepAlive(_options, _time);

    [Fact]
    public void A_client_that_says_nothing_is_asked_once_and_given_up_when_it_does_not_answer()
    {
        _keepAlive.Listen();

        Assert.Equal(["15 Ping", "30 GiveUp"], Look(30));
    }

    [Fact]
    public void Whatever_is_heard_is_an_answer()
    {
        _keepAlive.Listen();
        Assert.Equal(["15 Ping"], Look(29));
        _keepAlive.StopListening();
        _keepAlive.Listen();

        Assert.Equal(["15 Ping", "30 GiveUp"], Look(30));
    }

    [Fact]
    public void While_nobody_listens_no_silence_is_held_against_the_client()
    {
        _keepAlive.Listen();
        Assert.Equal(["15 Ping"], Look(20));
        _keepAlive.StopListening();

        Assert.Empty(Look(100));
        _keepAlive.Listen();
        Assert.Equal(["15 Ping"], Look(20));
    }

    [Fact]
    public void A_client_whose_socket_takes_bytes_slowly_is_not_given_up_and_has_the_stall_timeout_to_read_the_rest()
    {
        _keepAlive.Listen();

        Assert.Equal(["15 Ping"], Look(120, isBehind: true));
        Assert.Empty(Look((int)_options.StallTimeout.TotalSeconds - 1));
        Assert.Equal(["1 GiveUp"], Look(1));
    }

    /// <summary>Checks once a second.</summary>
    /// <returns>Each step that was due, and after how many seconds.</returns>
    private List<string> Look(int seconds, bool isBehind = false)
    {
        var steps = new List<string>();
        for (var second = 1; second <= seconds; second++)
        {
            _time.Advance(Second);
            if (_keepAlive.Check(isBehind, default) is var step and not KeepAliveStep.None)
            {
                steps.Add($"{second} {step}");
            }
        }

        return steps;
    }
}
