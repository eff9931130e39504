using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Gateways;

/// <summary>What becomes of the connections of gateways that die.</summary>
public sealed class GatewayLeaseTests
{
    private readonly SilentObserver _observer = new();

    [Fact]
    public async Task The_connections_of_a_dead_gateway_leave_and_the_others_stay()
    {
        await using var silo = await LeaseSilo.StartAsync(silos: 2);
        await silo.RenewAsync("dead", _observer);
        await silo.RenewAsync("living", _observer);
        var gone = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => silo.JoinAsync("dead")));
        var kept = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => silo.JoinAsync("living")));

        await silo.AdvanceAsync(LeaseSilo.Lease * 2, () => silo.RenewAsync("living", _observer));
        await WaitAsync(silo, () => !gone.Any(silo.IsActive), () => silo.RenewAsync("living", _observer));

        Assert.All(kept, connection => Assert.True(silo.IsActive(connection)));
        await Assert.ThrowsAsync<NotJoinedException>(() => gone[0].ReviewAsync(["A"]));
        Assert.Equal(["A"], (await kept[0].ReviewAsync(["A"])).Symbols);
    }

    [Fact]
    public async Task The_connections_of_a_gateway_that_never_had_a_lease_leave_too()
    {
        await using var silo = await LeaseSilo.StartAsync();
        var connection = await silo.JoinAsync("unknown");

        await WaitAsync(silo, () => !silo.IsActive(connection), () => Task.CompletedTask);
    }

    [Fact]
    public async Task A_lease_that_was_lost_with_its_silo_leaves_a_living_gateway_the_time_to_renew_it()
    {
        await using var silo = await LeaseSilo.StartAsync();
        await silo.RenewAsync("living", _observer);
        await silo.AdvanceAsync(LeaseSilo.Lease * 3, () => silo.RenewAsync("living", _observer));

        await silo.Cluster.DeactivateAsync(silo.Gateway("living"));

        Assert.True(await silo.Gateway("living").HoldsLeaseAsync());
        silo.Time.Advance(LeaseSilo.Lease - TimeSpan.FromTicks(1));
        Assert.True(await silo.Gateway("living").HoldsLeaseAsync());
        silo.Time.Advance(TimeSpan.FromTicks(1));
        Assert.False(await silo.Gateway("living").HoldsLeaseAsync());
        await silo.RenewAsync("living", _observer);
        Assert.True(await silo.Gateway("living").HoldsLeaseAsync());
    }

    [Fact]
    public async Task A_renewal_says_how_long_the_lease_holds_and_whether_silos_have_gone()
    {
        await using var silo = await LeaseSilo.StartAsync(silos: 2);

        var lease = await silo.RenewAsync("one", _observer);

        Assert.Equal(LeaseSilo.Lease, lease.Duration);
        Assert.Equal(0, lease.DeadSilos);
        await silo.Cluster.KillSiloAsync(silo.Cluster.Silos[1], TestContext.Current.CancellationToken).WithinTimeoutAsync();
        await Eventually.TrueAsync(async () => (await silo.RenewAsync("one", _observer)).DeadSilos == 1, "a renewal tells of the silo that has gone");
    }

    [Fact]
    public async Task A_connection_that_joins_again_goes_on_with_what_its_client_wants_and_later_views()
    {
        await using var silo = await LeaseSilo.StartAsync();
        var connection = await silo.JoinAsync("one");
        var reply = await connection.MessageAsync(new SubscribeMessage(["B"], TimeSpan.FromSeconds(1)), ["A", "B"]);
        var view = reply.View!;
        var desired = new DesiredSubscription(view.Wanted, view.Interval, view.Version);
        await silo.Cluster.DeactivateAsync(connection);

        await Assert.ThrowsAsync<NotJoinedException>(() => connection.ReviewAsync(["A", "B"]));
        var again = (await connection.JoinAsync(LeaseSilo.Request("one", desired), ["A", "B"])).View!;
        var later = await connection.ReviewAsync(["A", "B", "C"]);

        Assert.Equal(["B"], again.Symbols);
        Assert.Equal((TimeSpan.FromSeconds(1), true), (again.Interval, again.Version > view.Version));
        Assert.Equal(["B"], later.Symbols);
        Assert.True(later.Version > again.Version);
    }

    [Fact]
    public async Task A_gateway_that_has_missed_views_gets_later_ones_all_the_same()
    {
        await using var silo = await LeaseSilo.StartAsync();
        var connection = await silo.JoinAsync("one");
        await connection.ReviewAsync(["A"]);
        var missed = await connection.ReviewAsync(["A", "B"]);

        var again = await connection.JoinAsync(LeaseSilo.Request("one", new DesiredSubscription(null, TimeSpan.Zero, 1)), ["A", "B"]);

        Assert.Equal(["A", "B"], again.View!.Symbols);
        Assert.True(again.View.Version > missed.Version);
    }

    /// <summary>The gateway joins all connections again when a silo has died, while clients go on to ask.</summary>
    [Fact]
    public async Task A_join_that_was_overtaken_by_a_message_takes_nothing_back()
    {
        await using var silo = await LeaseSilo.StartAsync();
        var connection = await silo.JoinAsync("one");
        var before = new DesiredSubscription(null, TimeSpan.Zero, 1);
        await connection.MessageAsync(new SubscribeMessage(["B"], TimeSpan.FromSeconds(1)), ["A", "B"]);
        await connection.MessageAsync(new SubscribeCandlesMessage(["A"], CandleInterval.Second, null), ["A", "B"]);

        await connection.JoinAsync(LeaseSilo.Request("one", before), []);
        var view = await connection.ReviewAsync(["A", "B"]);

        Assert.Equal(["B"], view.Symbols);
        Assert.Equal(TimeSpan.FromSeconds(1), view.Interval);
        Assert.Equal([new CandleSeries("A", CandleInterval.Second)], view.Candles!.Value);
    }

    /// <summary>Lets the clock go on until the fact is true, while living gateways renew.</summary>
    private static async Task WaitAsync(LeaseSilo silo, Func<bool> fact, Func<Task> living)
    {
        var advancing = silo.AdvanceAsync(LeaseSilo.Lease, living);
        await advancing;
        for (var step = 0; !fact(); step++)
        {
            Assert.True(step < 2000, "The connections stay.");
            await silo.AdvanceAsync(LeaseSilo.Lease / 6, living);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
