using System.Text.Json.Nodes;
using OrleansTicker.Tests.Hosting;
using StackExchange.Redis;

namespace OrleansTicker.Tests.Grains.Clustering;

/// <summary>What Redis keeps of the members of a cluster.</summary>
public sealed class MembershipTableTests
{
    private const string Table = "orleansticker/members/orleansticker";

    [Theory]
    [InlineData(RedisKind.InProcess)]
    [InlineData(RedisKind.Process)]
    public async Task Rows_of_silos_that_have_died_do_not_pile_up(RedisKind kind)
    {
        using var redis = RedisServer.StartOrSkip(kind);
        var settings = ClusterSettings.Of(redis);
        await (await SiloHost.StartAsync(settings)).DisposeAsync();
        var (name, row) = Assert.Single(await ReadAsync(redis));
        for (var generation = 1; generation <= 20; generation++)
        {
            await redis.ExecuteAsync("HSET", Table, name[..(name.LastIndexOf(':') + 1)] + generation, CrashedOf(row, generation));
        }

        await using var silo = await SiloHost.StartAsync(settings);

        await Eventually.TrueAsync(() => ReadAsync(redis).GetAwaiter().GetResult().Count <= 9, "eight of the dead are left, and the one that lives");
    }

    /// <summary>The row of a silo at the same address that lived a quarter of an hour ago.</summary>
    private static string CrashedOf(string row, int generation)
    {
        var crashed = JsonNode.Parse(row)!;
        var address = (string)crashed["SiloAddress"]!["SiloAddress"]!;
        crashed["SiloAddress"]!["SiloAddress"] = $"{address[..(address.IndexOf('@') + 1)]}{generation}";
        var livedAt = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-15).AddSeconds(generation);
        crashed["StartTime"] = livedAt;
        crashed["IAmAliveTime"] = livedAt;
        crashed["SuspectTimes"] = new JsonArray();
        return crashed.ToJsonString();
    }

    private static async Task<Dictionary<string, string>> ReadAsync(RedisServer redis)
    {
        var fields = (RedisValue[])(await redis.ExecuteAsync("HGETALL", Table))!;
        return fields.Chunk(2).Where(field => field[0] != "Version").ToDictionary(field => (string)field[0]!, field => (string)field[1]!);
    }
}
