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
        Span<byte> address = stackalloc byte[16];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Attack(throttle, address, 1_000_000);
        var after = GC.GetTotalMemory(forceFullCollection: true);

        // A bucket for each network would be some 350 MB. Other tests run beside this one.
        Assert.InRange(after - before, long.MinValue, 100 << 20);
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

    private static void Attack(Throttle throttle, Span<byte> address, int networks)
    {
        for (var network = 0; network < networks; network++)
        {
            BitConverter.TryWriteBytes(address[4..], network);
            using var lease = throttle.Take(ClientNetwork.Of(new IPAddress(address)));
        }
    }
}
