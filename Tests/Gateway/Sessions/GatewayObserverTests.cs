using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>How the cluster reaches the sessions of a gateway.</summary>
public sealed class GatewayObserverTests
{
    [Fact]
    public async Task The_cluster_knows_the_gateway_and_its_sessions()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = await gateway.GetTokenAsync();
        using var first = await TickerClient.ConnectAsync(gateway.Address, token);
        var firstId = await ConnectionIdOf(first);
        using var second = await gateway.ConnectAsync();
        var secondId = await ConnectionIdOf(second);

        var (gatewayId, observer) = await GatewayOf(gateway);
        var sessions = await observer.ListAsync(SessionSelector.All, 10).WithinTimeoutAsync();

        Assert.Equal([firstId, secondId], sessions.Select(session => session.ConnectionId));
        Assert.All(sessions, session => Assert.Equal((gatewayId, "user:demo", "127.0.0.1"), (session.GatewayId, session.ActorId, session.ClientAddress)));
        Assert.Equal(TokenKeyOf(gateway, token), sessions[0].TokenKey);
        Assert.NotEqual(sessions[0].TokenKey, sessions[1].TokenKey);
        Assert.True(sessions[0].OpenedAt <= sessions[1].OpenedAt && sessions[0].OpenedAt < sessions[0].ExpiresAt);
        Assert.Equal([firstId], (await observer.ListAsync(SessionSelector.All, 1).WithinTimeoutAsync()).Select(session => session.ConnectionId));
    }

    [Theory]
    [InlineData("connection")]
    [InlineData("token")]
    [InlineData("both")]
    public async Task A_session_is_closed_by_its_connection_or_its_token_and_the_others_stay(string by)
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = await gateway.GetTokenAsync();
        using var client = await TickerClient.ConnectAsync(gateway.Address, token);
        using var other = await gateway.ConnectAsync();
        var connectionId = await ConnectionIdOf(client);
        await ConnectionIdOf(other);
        var (_, observer) = await GatewayOf(gateway);

        var closed = await observer.CloseAsync(
            new SessionSelector(by == "token" ? null : connectionId, by == "connection" ? null : TokenKeyOf(gateway, token)), 4401, "token revoked").WithinTimeoutAsync();

        Assert.Equal(1, closed);
        Assert.Equal((4401, "token revoked"), await client.ReceiveCloseAsync());
        await other.SendAsync("""{"type":"ping"}""");
        await other.ReceiveAsync("pong");
    }

    [Fact]
    public async Task All_sessions_of_an_actor_are_closed()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var one = await gateway.ConnectAsync();
        using var other = await gateway.ConnectAsync();
        await ConnectionIdOf(one);
        await ConnectionIdOf(other);
        var (_, observer) = await GatewayOf(gateway);

        Assert.Equal(0, await observer.CloseAsync(new SessionSelector(ActorId: "user:nobody"), 1008, "closed by an administrator").WithinTimeoutAsync());
        Assert.Equal(2, await observer.CloseAsync(new SessionSelector(ActorId: "user:demo"), 1008, "closed by an administrator").WithinTimeoutAsync());

        Assert.Equal((1008, "closed by an administrator"), await one.ReceiveCloseAsync());
        Assert.Equal((1008, "closed by an administrator"), await other.ReceiveCloseAsync());
    }

    [Theory]
    [InlineData(null, 4401, "no selector")]
    [InlineData("c", 1006, "never sent")]
    [InlineData("c", 999, "no code")]
    [InlineData("c", 4401, "12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345")]
    public async Task What_would_close_all_or_cannot_be_sent_is_refused(string? connectionId, int code, string reason)
    {
        await using var gateway = await GatewayHost.StartAsync();
        var (_, observer) = await GatewayOf(gateway);

        await Assert.ThrowsAsync<ArgumentException>(() => observer.CloseAsync(new SessionSelector(connectionId), code, reason).WithinTimeoutAsync());
    }

    [Fact]
    public async Task A_session_that_has_ended_is_forgotten()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var client = await gateway.ConnectAsync();
        await ConnectionIdOf(client);
        var registry = gateway.Services.GetRequiredService<SessionRegistry>();
        Assert.Equal(1, registry.Count);

        client.Socket.Abort();

        await Eventually.TrueAsync(() => registry.Count == 0, "no session");
    }

    private static async Task<(string Id, IGatewayObserver Observer)> GatewayOf(GatewayHost gateway)
    {
        var registry = gateway.Grains.GetGrain<IGatewayRegistryGrain>(IGatewayRegistryGrain.Key);

        // It is announced beside the renewal of its lease.
        await Eventually.TrueAsync(async () => !(await registry.ListAsync()).IsEmpty, "the gateway is in the registry");
        var entry = Assert.Single(await registry.ListAsync().WithinTimeoutAsync());
        return (entry.Id, entry.Observer);
    }

    private static string TokenKeyOf(GatewayHost gateway, string token)
    {
        Assert.True(gateway.Services.GetRequiredService<ITokenSigner>().TryVerify(token, out var key));
        return key;
    }

    private static async Task<string> ConnectionIdOf(TickerClient client) =>
        (await client.ReceiveAsync("welcome")).GetProperty("connection_id").GetString()!;
}
