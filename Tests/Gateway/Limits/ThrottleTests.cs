using System.Net;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Limits;

namespace OrleansTicker.Tests.Gateway.Limits;

public sealed class ThrottleTests
{
    [Fact]
    public void Millions_of_addresses_take_no_more_memory_than_the_buckets_do()
    {
        using var throttle = new Throttle(perMinute: 60, new FakeTimeProvider());
        var growth = long.MaxValue;

        // A bucket for each network would take some 350 MB. Other tests allocate meanwhile, so it has to grow in each of three attacks to count.
        for (var attack = 0; attack < 3 && growth > 100 << 20; attack++)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            Attack(throttle, attack, 1_000_000);
            growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        }

        Assert.InRange(growth, long.MinValue, 100 << 20);
    }

    [Fact]
    public void One_key_has_one_limit_and_others_have_theirs()
    {
        using var throttle = new Throttle(perMinute: 2, new FakeTimeProvider());
        var others = Enumerable.Range(0, 100).Select(number => $"key {number}").Where(key => Throttle.BucketOf(key) != Throttle.BucketOf("key"));

        Assert.True(Take("key"));
        Assert.True(Take("key"));
        Assert.False(Take("key"));
        Assert.All(others, key => Assert.True(Take(key)));

        bool Take(string key)
        {
            using var lease = throttle.Take(key);
            return lease.IsAcquired;
        }
    }

    private static void Attack(Throttle throttle, int attack, int networks)
    {
        Span<byte> address = stackalloc byte[16];
        BitConverter.TryWriteBytes(address, attack);
        for (var network = 0; network < networks; network++)
        {
            BitConverter.TryWriteBytes(address[4..], network);
            using var lease = throttle.Take(ClientNetwork.Of(new IPAddress(address)));
        }
    }
}
