using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.Tests.Gateway.Tokens;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Authentication;

/// <summary>What happens to tokens when their store is unavailable or has lost them.</summary>
public sealed class LostTokenTests : IIncomingGrainCallFilter
{
    private Type? _failing;
    private Exception? _fault;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RedisKind.InProcess)]
    [InlineData(RedisKind.Process)]
    public async Task A_token_whose_record_Redis_has_lost_is_revoked_and_its_sockets_end_at_both_gateways(RedisKind kind)
    {
        await using var gateways = await TwoGateways.StartAsync(kind);
        await AssertEndsAsync(gateways, async (_, key) =>
        {
            var keys = (string[])(await gateways.Redis.ExecuteAsync("KEYS", $"*{key}*"))!;
            await gateways.Redis.ExecuteAsync("DEL", [.. keys]);
        });

        // Whoever presents it or asks for it finds out.
        await AssertEndsAsync(gateways, async (_, key) => await gateways.Second.Grains.GetGrain<ITokenGrain>(key).RevokeAsync());
        await AssertEndsAsync(
            gateways,
            async (token, key) =>
            {
                await gateways.Second.Grains.GetGrain<ITokenGrain>(key).RevokeAsync();
                Assert.Equal(HttpStatusCode.Unauthorized, await gateways.First.TryAsync(token));
            },
            isRevoked: false);
    }

    [Fact]
    public async Task A_logout_while_Redis_hangs_can_be_repeated_when_it_is_back()
    {
        using var redis = RedisProcess.StartOrSkip();
        await using var gateway = await GatewayHost.StartAsync(
            [.. ClusterSettings.Of(redis), ("Cluster:Redis", $"{redis.Address},asyncTimeout=300,syncTimeout=300")]);
        var token = await gateway.GetTokenAsync();
        using var client = await TickerClient.ConnectAsync(gateway.Address, token);

        await redis.SuspendAsync();
        using (var refused = await gateway.RevokeAsync(token, token))
        {
            await AssertUnavailableAsync(refused);
        }

        await redis.ResumeAsync(); // It now does what was asked of it meanwhile.
        var resumedAt = TimeProvider.System.GetTimestamp();
        while (await LogOutAsync(gateway, token) != HttpStatusCode.OK)
        {
            // The connection to Redis takes a moment to recover.
            Assert.True(TimeProvider.System.GetElapsedTime(resumedAt) < TickerClient.Patience, "The logout is not done.");
        }

        Assert.Equal((4401, "token revoked"), await client.ReceiveCloseAsync());
        Assert.Equal(HttpStatusCode.OK, await LogOutAsync(gateway, token));
    }

    [Fact]
    public async Task A_store_that_is_down_is_told_as_such_in_whatever_its_fault_is_wrapped()
    {
        await using var gateway = await GatewayHost.StartAsync(builder => builder.Services.AddSingleton<IIncomingGrainCallFilter>(this));
        var token = await gateway.GetTokenAsync();
        var other = await gateway.GetTokenAsync();
        using var client = await TickerClient.ConnectAsync(gateway.Address, token);
        _failing = typeof(ITokenGrain);
        foreach (var fault in new Exception[]
        {
            new OrleansException("Error from storage provider", new IOException("No route to host")),
            new AggregateException(new IOException("No route to host")),
            new IOException("No route to host"),
            new InvalidOperationException("The store is gone."),
            new TimeoutException(),
            new TaskCanceledException(),
        })
        {
            _fault = fault;
            foreach (var path in new[] { "/auth/revoke", "/auth/introspect" })
            {
                using var refused = await gateway.PostAsync(path, token, TokenRequests.Form(other));
                await AssertUnavailableAsync(refused);
            }

            await client.SendAsync($$"""{"type":"auth","token":"{{other}}"}""");
            Assert.Equal("unavailable", (await client.ReceiveAsync("error")).GetProperty("code").GetString());
            await client.SendAsync("""{"type":"ping"}""");
            await client.ReceiveAsync("pong");
        }

        _failing = typeof(IGatewayRegistryGrain);
        _fault = new IOException("No route to host");
        using (var list = await gateway.SendAsync(HttpMethod.Get, "/admin/connections", token))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"error":"cluster unavailable"}"""), (list.StatusCode, await list.Content.ReadAsStringAsync(Stop)));
        }

        _fault = null;
        using var revoked = await gateway.RevokeAsync(token, token);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal((4401, "token revoked"), await client.ReceiveCloseAsync());
    }

    [Fact]
    public async Task Only_the_token_that_is_presented_may_have_ended()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var ended = await gateway.GetTokenAsync();
        var other = await gateway.GetTokenAsync();
        Assert.Equal(HttpStatusCode.OK, await LogOutAsync(gateway, ended));

        using var refused = await gateway.RevokeAsync(ended, other);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("""{"error":"authentication required"}""", await refused.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.UpgradeRequired, await gateway.TryAsync(other));
        using var introspected = await gateway.PostAsync("/auth/introspect", ended, TokenRequests.Form(ended));
        Assert.Equal(HttpStatusCode.Unauthorized, introspected.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await LogOutAsync(gateway, ended));
    }

    Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context) =>
        _fault is { } fault && context.InterfaceMethod.DeclaringType == _failing ? Task.FromException(fault) : context.Invoke();

    /// <summary>Loses a token by the given action, then checks that a logout can be repeated and that the sockets end.</summary>
    private static async Task AssertEndsAsync(TwoGateways gateways, Func<string, string, Task> loseAsync, bool isRevoked = true)
    {
        var token = await gateways.First.GetTokenAsync();
        using var near = await TickerClient.ConnectAsync(gateways.First.Address, token);
        using var far = await TickerClient.ConnectAsync(gateways.Second.Address, token);
        await near.ReceiveAsync("ticker");
        await far.ReceiveAsync("ticker");

        await loseAsync(token, gateways.First.KeyOf(token));
        if (isRevoked)
        {
            Assert.Equal(HttpStatusCode.OK, await LogOutAsync(gateways.First, token));
            Assert.Equal(HttpStatusCode.OK, await LogOutAsync(gateways.Second, token));
        }

        Assert.Equal((4401, "token revoked"), await near.ReceiveCloseAsync());
        Assert.Equal((4401, "token revoked"), await far.ReceiveCloseAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await gateways.Second.TryAsync(token));
    }

    private static async Task<HttpStatusCode> LogOutAsync(GatewayHost gateway, string token)
    {
        using var response = await gateway.RevokeAsync(token, token);
        return response.StatusCode;
    }

    private static async Task AssertUnavailableAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Equal("token store unavailable", JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop)).RootElement.GetProperty("error").GetString());
    }
}
