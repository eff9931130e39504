using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>What a session does for a socket that takes bytes slowly, and when it gives it up.</summary>
public sealed class SlowSocketTests : SingleSessionTest
{
    [Fact]
    public void A_socket_that_takes_nothing_for_too_long_ends_its_session()
    {
        var session = Open();
        _socket.Room = 5;
        Assert.Equal(TimeSpan.FromMilliseconds(10), Flush());

        _time.Advance(StallTimeout - TimeSpan.FromTicks(1));
        session.CheckLiveness(StallTimeout, _time, default);
        Assert.Empty(Endings);
        _time.Advance(TimeSpan.FromTicks(1));
        session.CheckLiveness(StallTimeout, _time, default);

        Assert.Equal([CloseReason.Stalled], Endings);
    }

    [Fact]
    public void A_socket_that_takes_a_little_now_and_then_is_not_stalled()
    {
        var session = Open();
        for (var bytes = 0; bytes < 20; bytes++)
        {
            _socket.Room = 1;
            Flush();
            _time.Advance(StallTimeout / 2);
            session.CheckLiveness(StallTimeout, _time, default);
        }

        Assert.Empty(Endings);
        _time.Advance(StallTimeout / 2);
        session.CheckLiveness(StallTimeout, _time, default);
        Assert.Equal([CloseReason.Stalled], Endings);
    }

    [Fact]
    public void A_socket_that_recovers_in_time_starts_over()
    {
        var session = Open();
        _socket.Room = 5;
        Flush();
        _time.Advance(StallTimeout / 2);
        _socket.Room = int.MaxValue;
        Assert.Equal(TimeSpan.MaxValue, Flush());

        _time.Advance(StallTimeout);
        session.CheckLiveness(StallTimeout, _time, default);

        Assert.Empty(Endings);
    }

    [Fact]
    public void A_slow_socket_gets_the_newest_state_and_nothing_in_between()
    {
        Open();
        Flush();
        _socket.Room = 5;
        Move(("A", 2));
        Flush();
        Move(("A", 3));
        Flush();
        Move(("B", 4));
        Flush();
        _socket.Taken.Clear();
        _socket.Room = int.MaxValue;

        Flush();

        var text = Text();
        Assert.Contains("\"seq\":4,\"prev_seq\":2", text, StringComparison.Ordinal);
        Assert.Contains("\"A\",\"price\":3", text, StringComparison.Ordinal);
        Assert.Contains("\"B\",\"price\":4", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slow_consumer_is_an_episode()
    {
        var session = Open();
        Flush();
        _socket.Room = 5;
        for (var round = 0; round < SlowConsumer.Rounds + 1; round++)
        {
            Move(("A", round));
            Flush();
        }

        Assert.Equal(new SlowEpisode(null, 0), Check());
        _time.Advance(TimeSpan.FromSeconds(2));
        _socket.Room = int.MaxValue;
        Flush();
        Assert.Equal(new SlowEpisode(TimeSpan.FromSeconds(2), SlowConsumer.Rounds - 1), Check());
        Assert.Null(Check());
        Assert.Equal(SlowConsumer.Rounds - 1, _sent.Conflated);

        SlowEpisode? Check() => session.CheckLiveness(StallTimeout, _time, default);
    }
}
