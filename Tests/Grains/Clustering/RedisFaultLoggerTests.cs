using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Clustering;
using OrleansTicker.Tests.Grains.Prices;
using StackExchange.Redis;

namespace OrleansTicker.Tests.Grains.Clustering;

public sealed class RedisFaultLoggerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SeenLogs _log = new();

    [Fact]
    public void All_that_tells_of_Redis_is_said_once_a_minute_in_words_and_the_rest_is_counted()
    {
        using var factory = new RedisFaultLoggerFactory(_log, new RedisFaults(_time));
        var one = factory.CreateLogger("Orleans.Reminders");
        var other = factory.CreateLogger("Orleans.Storage");
        for (var second = 0; second < 120; second++)
        {
            one.Log(LogLevel.Error, 1, "cannot read", FaultOf("first cause"), (text, _) => text);
            other.Log(LogLevel.Error, 1, "cannot write", new InvalidOperationException("wrapped", FaultOf("other cause")), (text, _) => text);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            ["cannot read: first cause", "cannot read: first cause (119 entries about Redis were left out since the last one)"],
            _log.Of(1));
    }

    [Fact]
    public void What_tells_of_anything_else_is_said_each_time()
    {
        using var factory = new RedisFaultLoggerFactory(_log, new RedisFaults(_time));
        var logger = factory.CreateLogger("Orleans.Reminders");
        for (var time = 0; time < 3; time++)
        {
            logger.Log(LogLevel.Error, 1, "cannot read", new TimeoutException(), (text, _) => text);
            logger.Log(LogLevel.Information, 1, "reads", null, (text, _) => text);
        }

        Assert.Equal(6, _log.Of(1).Count);
    }

    public void Dispose() => _log.Dispose();

    private static RedisConnectionException FaultOf(string cause) => new(ConnectionFailureType.SocketClosed, cause);
}
