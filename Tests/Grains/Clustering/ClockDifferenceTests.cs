using System.Reflection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Clustering;
using OrleansTicker.Grains.Startup;
using OrleansTicker.Tests.Grains.Prices;
using OrleansTicker.Tests.Hosting;
using StackExchange.Redis;

namespace OrleansTicker.Tests.Grains.Clustering;

/// <summary>What a process does at its start about a clock that is not that of Redis.</summary>
public sealed class ClockDifferenceTests : IDisposable
{
    private readonly SeenLogs _log = new();

    [Theory]
    [InlineData(RedisKind.InProcess)]
    [InlineData(RedisKind.Process)]
    public async Task A_clock_beyond_the_limit_stops_the_start_with_the_difference(RedisKind kind)
    {
        using var redis = RedisServer.StartOrSkip(kind);

        var behind = await Assert.ThrowsAsync<StartException>(() => StartAsync(redis, TimeSpan.FromMinutes(-5)));
        var ahead = await Assert.ThrowsAsync<StartException>(() => StartAsync(redis, TimeSpan.FromMinutes(5)));

        Assert.Matches($"^This machine's clock is (299|300)\\.\\d s behind the one of Redis at {redis.Address}, and the limit is 60 s\\.", behind.Message);
        Assert.Matches("^This machine's clock is (299|300)\\.\\d s ahead of the one of Redis", ahead.Message);
        Assert.Contains("Cluster:MaxClockDifference is the limit", behind.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_within_the_limit_is_warned_of_from_a_second_on()
    {
        using var redis = new InProcessRedis();

        await StartAsync(redis, TimeSpan.FromMinutes(-5), limit: TimeSpan.FromMinutes(10));
        Assert.Contains("s behind the one of Redis", Assert.Single(_log.Of(1234, LogLevel.Warning)), StringComparison.Ordinal);
        Assert.Empty(_log.Of(1233));

        await StartAsync(redis, TimeSpan.Zero);
        Assert.Single(_log.Of(1233));
        Assert.Single(_log.Of(1234));
    }

    [Fact]
    public async Task The_time_that_the_answer_takes_is_no_difference()
    {
        var time = new FakeTimeProvider();
        var redis = DispatchProxy.Create<IDatabaseAsync, SlowClock>();
        ((SlowClock)redis).Time = time;

        var difference = await ClockDifference.MeasureAsync(redis, time);

        // It was read by the server in the middle of the quickest question, which took 2 s.
        Assert.Equal(TimeSpan.Zero, difference.Ahead);
        Assert.Equal(TimeSpan.FromSeconds(1), difference.Uncertainty);
        Assert.Equal(TimeSpan.Zero, difference.AtLeast);
        Assert.Equal(TimeSpan.FromSeconds(4), new ClockDifference(TimeSpan.FromSeconds(-5), TimeSpan.FromSeconds(1)).AtLeast);
    }

    public void Dispose() => _log.Dispose();

    private async Task StartAsync(RedisServer redis, TimeSpan ahead, TimeSpan? limit = null)
    {
        var options = Options.Create(new RedisOptions { Redis = redis.Address, MaxClockDifference = limit ?? new RedisOptions().MaxClockDifference });
        await using var connection = new RedisConnection(options, _log.For<RedisConnection>());
        await new RedisStart(connection, options, new ShiftedTime(ahead), _log.For<RedisStart>()).StartAsync(TestContext.Current.CancellationToken);
    }

    private sealed class ShiftedTime(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
    }

    /// <summary>A server that answers after 4, 2 and 4 s, with the time in the middle of them.</summary>
#pragma warning disable CA1852 // The proxy that is made derives from it.
    internal class SlowClock : DispatchProxy
#pragma warning restore CA1852
    {
        private int _questions;

        public FakeTimeProvider Time { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Assert.Equal("TIME", args![0]);
            var half = TimeSpan.FromSeconds(_questions++ == 1 ? 1 : 2);
            Time.Advance(half);
            var now = Time.GetUtcNow();
            Time.Advance(half);
            return Task.FromResult(RedisResult.Create([RedisValue.Unbox(now.ToUnixTimeSeconds()), RedisValue.Unbox(now.Millisecond * 1000)]));
        }
    }
}
