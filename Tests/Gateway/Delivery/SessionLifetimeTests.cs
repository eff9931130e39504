using System.Text;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>What ends a session by the clock, and that nothing follows its end.</summary>
public sealed class SessionLifetimeTests : SingleSessionTest
{
    [Fact]
    public void A_session_ends_with_its_token()
    {
        var session = Open(TimeSpan.FromHours(1));

        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromTicks(1), session.CheckExpiry(_time.GetUtcNow()));
        Assert.Empty(Endings);
        _time.Advance(TimeSpan.FromTicks(1));
        session.CheckExpiry(_time.GetUtcNow());
        session.CheckExpiry(_time.GetUtcNow());

        Assert.Equal([CloseReason.TokenExpired], Endings);
    }

    [Fact]
    public void A_session_that_was_renewed_ends_with_the_token_that_it_then_has()
    {
        var session = Open(TimeSpan.FromHours(1));
        session.Renew(_time.GetUtcNow() + TimeSpan.FromHours(2));

        _time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        session.CheckExpiry(_time.GetUtcNow());
        Assert.Empty(Endings);
        _time.Advance(TimeSpan.FromTicks(1));
        session.CheckExpiry(_time.GetUtcNow());

        Assert.Equal([CloseReason.TokenExpired], Endings);
    }

    [Fact]
    public void A_client_that_says_nothing_is_pinged_and_closed_when_it_does_not_answer_but_not_while_it_reads_slowly()
    {
        var options = new TickerSessionOptions();
        var keepAlive = new KeepAlive(options, _time);
        keepAlive.Listen();
        var session = Open(keepAlive: keepAlive);
        Flush();
        for (var second = 1; second <= 120; second++)
        {
            _socket.Room = 10;
            Move(("A", second));
            Flush();
            _time.Advance(TimeSpan.FromSeconds(1));
            session.CheckLiveness(options.StallTimeout, _time, default);
        }

        Assert.Empty(Endings);
        _socket.Room = int.MaxValue;
        for (var second = 1; second <= 31; second++)
        {
            Flush();
            _time.Advance(TimeSpan.FromSeconds(1));
            session.CheckLiveness(options.StallTimeout, _time, default);
        }

        Assert.Equal([CloseReason.Silent], Endings);
        Assert.Contains("\u0089\0", Encoding.Latin1.GetString([.. _socket.Taken]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_silent_client_whose_socket_is_full_for_moments_is_closed_all_the_same()
    {
        var options = new TickerSessionOptions();
        var keepAlive = new KeepAlive(options, _time);
        keepAlive.Listen();
        var session = Open(keepAlive: keepAlive);
        for (var second = 1; second <= 30; second++)
        {
            Assert.Empty(Endings);
            Move(("A", second));
            _socket.Room = int.MaxValue;
            Flush();
            Move(("A", second + 0.5m));
            _socket.Room = 5;
            Flush();
            _time.Advance(TimeSpan.FromSeconds(1));
            session.CheckLiveness(options.StallTimeout, _time, default);
        }

        Assert.Equal([CloseReason.Silent], Endings);
    }

    [Fact]
    public void After_its_end_a_session_gets_no_more_prices()
    {
        var session = Open();
        Flush();
        session.End(CloseReason.GatewayStopping);
        var taken = _socket.Taken.Count;
        Move(("A", 2));

        Flush();

        Assert.Equal(taken, _socket.Taken.Count);
    }

    [Fact]
    public void A_socket_that_is_gone_is_given_up_once()
    {
        Open();
        _socket.IsGone = true;

        Flush();
        Flush();

        Assert.Equal(1, _test!.Broken);
    }
}
