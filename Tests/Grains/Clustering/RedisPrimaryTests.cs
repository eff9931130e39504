using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Clustering;
using OrleansTicker.Tests.Grains.Prices;
using OrleansTicker.Tests.Hosting;
using StackExchange.Redis;

namespace OrleansTicker.Tests.Grains.Clustering;

/// <summary>Writes while a primary and its replica change places.</summary>
public sealed class RedisPrimaryTests : IDisposable
{
    private readonly SeenLogs _log = new();
    private readonly RedisProcess _one = RedisProcess.StartOrSkip("--repl-diskless-sync-delay", "0");
    private readonly RedisProcess _other;

    public RedisPrimaryTests() => _other = RedisProcess.StartReplicaOrSkip(_one);

    [Fact]
    public async Task Writes_follow_where_the_two_servers_of_the_connection_string_are_swapped()
    {
        await using var redis = await ConnectAsync($"{_one.Address},{_other.Address}");

        await _other.ExecuteAsync("REPLICAOF", "NO", "ONE");
        await _one.ExecuteAsync("REPLICAOF", "127.0.0.1", $"{_other.Port}");

        await IsWrittenToAsync(redis, _other);
    }

    [Fact]
    public async Task Writes_follow_where_Sentinel_replaces_a_primary_that_has_died()
    {
        using var sentinel = RedisProcess.StartSentinelOrSkip(_one, "market");
        await Eventually.TrueAsync(() => KnowsReplica(sentinel), "Sentinel knows the replica");
        await using var redis = await ConnectAsync($"{sentinel.Address},serviceName=market");

        _one.Stop();

        await IsWrittenToAsync(redis, _other);
        await _log.WaitForAsync(1231);
        Assert.Single(_log.Of(1230));
    }

    public void Dispose()
    {
        _other.Dispose();
        _one.Dispose();
        _log.Dispose();
    }

    private static bool KnowsReplica(RedisProcess sentinel)
    {
        using var connection = ConnectionMultiplexer.SentinelConnect(sentinel.Address);
        return connection.GetServer(sentinel.Address).SentinelReplicas("market").Length > 0;
    }

    private async Task<RedisConnection> ConnectAsync(string servers)
    {
        var redis = new RedisConnection(Options.Create(new RedisOptions { Redis = servers }), _log.For<RedisConnection>());
        await (await redis.GetAsync()).GetDatabase().StringSetAsync("place", "before");
        return redis;
    }

    private static async Task IsWrittenToAsync(RedisConnection redis, RedisProcess expected)
    {
        var database = (await redis.GetAsync()).GetDatabase();
        using var patience = new CancellationTokenSource(TickerClient.Patience);
        while (true)
        {
            try
            {
                await database.StringSetAsync("place", "after");
                break;
            }
            catch (Exception e) when (e is RedisException or RedisTimeoutException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
            }
        }

        Assert.Equal("after", (string?)await expected.ExecuteAsync("GET", "place"));
    }
}
