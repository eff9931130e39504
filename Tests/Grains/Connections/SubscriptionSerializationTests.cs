using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Tests.Grains.Connections;

/// <summary>What gateways and silos of different builds make of each other's subscriptions.</summary>
public sealed class SubscriptionSerializationTests
{
    private readonly Serializer _serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    /// <summary>The bytes are those of the build before.</summary>
    [Fact]
    public void What_an_earlier_build_sends_says_nothing_of_detail_and_status()
    {
        var view = Read<SessionView>("IOggIAAFQQNBQANC4OCBgJaYAAAAAAABDSEgAAPBDeDg4A==");
        var desired = Read<DesiredSubscription>("IOggIAADQQNC4OCBgJaYAAAAAAABDeA=");
        var subscribe = (SubscribeMessage)Read<object>(
            "MAGkR2nrPU9ybGVhbnNUaWNrZXIuU3Vic2NyaWJlTWVzc2FnZejo6OjoICAAA0EDQuDggYCWmAAAAAAA4A==");

        Assert.Equal(("A B", "B", DetailLevel.Price, false), (string.Join(' ', view.Symbols), Assert.Single(view.Wanted!.Value), view.Detail, view.WantsStatus));
        Assert.Equal((TimeSpan.FromSeconds(1), 3, DetailLevel.Price, false), (desired.Interval, desired.Version, desired.Detail, desired.WantsStatus));
        Assert.Equal((TimeSpan.FromSeconds(1), null, null), (subscribe.Interval, subscribe.Detail, subscribe.WantsStatus));
    }

    [Fact]
    public void An_earlier_build_can_skip_what_it_does_not_know()
    {
        object[] sent =
        [
            new SessionView(["A"], TimeSpan.Zero, 1, null, DetailLevel.Full, WantsStatus: true),
            new SessionView(["A"], TimeSpan.Zero, 1, null, Candles: [new("A", CandleInterval.Hour)], WantedCandles: [new("A", CandleInterval.Hour)]),
            new DesiredSubscription(null, TimeSpan.Zero, 1, DetailLevel.Full, WantsStatus: true),
            new DesiredSubscription(null, TimeSpan.Zero, 1, Candles: [new("A", CandleInterval.Hour)]),
            new SubscribeMessage(["A"], null, DetailLevel.Full, WantsStatus: true),
        ];

        // The name of a type that it does not have would stop it.
        Assert.All(sent, item => Assert.DoesNotContain("CandleSeries", Encoding.Latin1.GetString(_serializer.SerializeToArray(item)), StringComparison.Ordinal));
        Assert.All(sent, item => Assert.DoesNotContain("Detail", Encoding.Latin1.GetString(_serializer.SerializeToArray(item)), StringComparison.Ordinal));
        Assert.All(sent, item => Assert.Equal(item.ToString(), _serializer.Deserialize<object>(_serializer.SerializeToArray(item))!.ToString()));
    }

    private T Read<T>(string bytes) => _serializer.Deserialize<T>(Convert.FromBase64String(bytes))!;
}
