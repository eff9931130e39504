using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Tokens;

/// <summary>What ends with a token, and with the API key that it was issued for.</summary>
public sealed class TokenEndingTests : IIncomingGrainCallFilter
{
    private Func<Task> _beforeJoin = () => Task.CompletedTask;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RedisKind.InProcess)]
    [InlineData(RedisKind.Process)]
    public async Task A_token_that_is_revoked_at_one_gateway_of_a_cluster_closes_its_sockets_at_the_other_and_opens_none(RedisKind kind)
    {
        await using var gateways = await TwoGateways.StartAsync(kind);
        var token = await gateways.First.GetTokenAsync();
        using var near = await TickerClient.ConnectAsync(gateways.First.Address, token);
        using var far = await TickerClient.ConnectAsync(gateways.Second.Address, token);
        using var other = await gateways.Second.ConnectAsync();
        await near.ReceiveAsync("ticker");
        await far.ReceiveAsync("ticker");
        await gateways.BothAreKnownAsync();

        using var revoked = await gateways.First.RevokeAsync(token, token);

        // The sockets are closed before the answer comes: no time has to pass.
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.All([gateways.First, gateways.Second], gateway => Assert.Empty(OpenSessionsOf(gateway, gateway.KeyOf(token))));
        Assert.Equal((4401, "token revoked"), await near.ReceiveCloseAsync());
        Assert.Equal((4401, "token revoked"), await far.ReceiveCloseAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await gateways.First.TryAsync(token));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateways.Second.TryAsync(token));
        await other.SendAsync("""{"type":"ping"}""");
        await other.ReceiveAsync("pong");
    }

    [Theory]
    [InlineData("command")]
    [InlineData("gateway")]
    public async Task An_API_key_that_is_revoked_by_anybody_closes_its_sockets_in_the_whole_cluster_and_ends_its_tokens(string by)
    {
        using var folder = new TemporaryFolder();
        await using var gateways = await TwoGateways.StartAsync(("Keys:Path", folder["keys.db"]));
        var (id, apiKey, token) = await gateways.First.EnrolAsync("alice");
        var (_, _, others) = await gateways.Second.EnrolAsync("bob");
        using var near = await TickerClient.ConnectAsync(gateways.First.Address, token);
        using var far = await TickerClient.ConnectAsync(gateways.Second.Address, await gateways.Second.ExchangeAsync(apiKey));
        using var other = await TickerClient.ConnectAsync(gateways.Second.Address, others);
        await near.ReceiveAsync("ticker");
        await far.ReceiveAsync("ticker");

        if (by == "command")
        {
            await RevokeByCommandAsync(folder["keys.db"], id);
        }
        else
        {
            await gateways.First.KeysOf().RevokeAsync(id, Stop);
        }

        Assert.Equal((4401, "API key revoked or expired"), await near.ReceiveCloseAsync());
        Assert.Equal((4401, "API key revoked or expired"), await far.ReceiveCloseAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await gateways.First.TryAsync(token));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateways.Second.TryAsync(token));
        await other.SendAsync("""{"type":"ping"}""");
        await other.ReceiveAsync("pong");
        Assert.Equal(HttpStatusCode.UpgradeRequired, await gateways.Second.TryAsync(others));
    }

    [Fact]
    public async Task A_token_that_is_revoked_while_a_socket_opens_with_it_closes_that_socket_too()
    {
        await using var gateway = await GatewayHost.StartAsync(builder => builder.Services.AddSingleton<IIncomingGrainCallFilter>(this));
        var token = await gateway.GetTokenAsync();
        _beforeJoin = async () => (await gateway.RevokeAsync(token, token)).Dispose(); // It was valid when it was checked.

        using var client = await TickerClient.ConnectAsync(gateway.Address, token);

        Assert.Equal((4401, "token revoked"), await client.ReceiveCloseAsync());
    }

    [Fact]
    public async Task A_gateway_that_could_not_be_told_is_told_again()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = await gateway.GetTokenAsync();
        var registry = gateway.Grains.GetGrain<IGatewayRegistryGrain>(IGatewayRegistryGrain.Key);
        var deaf = new DeafObserver();
        var reference = gateway.Grains.CreateObjectReference<IGatewayObserver>(deaf);
        await registry.AnnounceAsync(new GatewayEntry("deaf", reference));

        (await gateway.RevokeAsync(token, token)).Dispose();

        await deaf.Told.Task.WithinTimeoutAsync();
        GC.KeepAlive(deaf);
    }

    async Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType == typeof(IConnectionGrain) && context.InterfaceMethod.Name == nameof(IConnectionGrain.JoinAsync))
        {
            await _beforeJoin();
        }

        await context.Invoke();
    }

    private static IEnumerable<RegisteredSession> OpenSessionsOf(GatewayHost gateway, string tokenKey) =>
        gateway.Services.GetRequiredService<SessionRegistry>().Find(new SessionSelector(TokenKey: tokenKey))
            .Where(session => session.Session.Reason is null);

    private static async Task RevokeByCommandAsync(string path, long id)
    {
        var start = BuiltProgram.StartOf("Gateway", "keys", "revoke", $"{id}");
        start.Environment["Keys__Path"] = path;
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(Stop).WithinTimeoutAsync();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>A gateway that fails the first time.</summary>
    private sealed class DeafObserver : IGatewayObserver
    {
        private int _calls;

        public TaskCompletionSource Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<int> CloseAsync(SessionSelector which, int code, string reason)
        {
            if (Interlocked.Increment(ref _calls) == 1)
            {
                throw new InvalidOperationException("This call fails because the test says so.");
            }

            Told.TrySetResult();
            return Task.FromResult(0);
        }

        public Task<ImmutableArray<SessionEntry>> ListAsync(SessionSelector which, int most) =>
            Task.FromResult(ImmutableArray<SessionEntry>.Empty);
    }
}
