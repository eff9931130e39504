using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Gateways;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.Tests.Gateway.Audit;
using OrleansTicker.Tests.Gateway.Keys;
using OrleansTicker.Tests.Gateway.Tokens;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>How a client renews its open session with another token.</summary>
public sealed class SessionRenewalTests
{
    private static readonly (string, string?)[] Policies =
    [
        ("Policies:all:Effect", "Allow"), ("Policies:all:Groups:0", "user"), ("Policies:all:Actions:0", "*"), ("Policies:all:Resources:0", "*"),
        ("Policies:some:Effect", "Allow"), ("Policies:some:Groups:0", "trial"), ("Policies:some:Actions:0", "*"),
        ("Policies:some:Resources:0", "ticker"), ("Policies:some:Resources:1", "symbol:ETH-USD"),
        ("Policies:closed:Effect", "Allow"), ("Policies:closed:Groups:0", "closed"), ("Policies:closed:Actions:0", "symbol.subscribe"),
        ("Policies:closed:Resources:0", "*"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_that_was_renewed_ends_with_its_new_token_and_no_longer_with_the_old_one()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var (id, apiKey, old) = await gateway.EnrolAsync("alice");
        using var client = await TickerClient.ConnectAsync(gateway.Address, old);
        await client.ReceiveAsync("welcome");
        var successor = await gateway.KeysOf().CreateAsync(new("next", "alice"), Stop);
        var token = await gateway.ExchangeAsync(successor.Key);

        var renewed = await RenewAsync(client, $" {token}\\n"); // White space around a token is ignored.

        Assert.Equal("auth", renewed.GetProperty("type").GetString());
        var session = Assert.Single(SessionsOf(gateway));
        Assert.Equal(gateway.KeyOf(token), session.Actor.TokenKey);
        Assert.Equal(session.Actor.ExpiresAt, session.Session.ExpiresAt);
        Assert.Equal(session.Actor.ExpiresAt.ToUnixTimeSeconds(), renewed.GetProperty("expires_at").GetInt64());
        (await gateway.RevokeAsync(old, old)).Dispose();
        await gateway.KeysOf().RevokeAsync(id, Stop);
        await client.SendAsync("""{"type":"ping"}""");
        await client.ReceiveAsync("pong");
        Assert.Equal([successor.Record.Id], gateway.Services.GetRequiredService<SessionRegistry>().ApiKeys);

        (await gateway.RevokeAsync(token, token)).Dispose();
        Assert.Equal((4401, "token revoked"), await client.ReceiveCloseAsync());
        var line = await AuditFolder.WaitForAsync(gateway.AuditFolder, "connection.renew", isAllowed: true);
        Assert.Equal(($"connection:{session.Session.Id}", "user:alice"), (line.GetProperty("resource").GetString(), line.GetProperty("actor").GetString()));
    }

    [Fact]
    public async Task Another_users_token_and_one_that_is_not_valid_are_answered_and_the_session_goes_on_as_it_was()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var (_, apiKey, token) = await gateway.EnrolAsync("alice");
        var (_, _, other) = await gateway.EnrolAsync("bob");
        var revoked = await gateway.ExchangeAsync(apiKey);
        (await gateway.RevokeAsync(revoked, revoked)).Dispose();
        var signer = gateway.Services.GetRequiredService<ITokenSigner>();
        using var client = await TickerClient.ConnectAsync(gateway.Address, token);

        Assert.Equal("other_user", CodeOf(await RenewAsync(client, other)));
        Assert.Equal("invalid_token", CodeOf(await RenewAsync(client, revoked)));
        Assert.Equal("invalid_token", CodeOf(await RenewAsync(client, signer.Sign(signer.NewSecret()))));
        Assert.Equal("invalid_token", CodeOf(await RenewAsync(client, "rubbish")));
        foreach (var message in new[] { """{"type":"auth"}""", """{"type":"auth","token":7}""", """{"type":"auth","token":null}""" })
        {
            await client.SendAsync(message);
            Assert.Equal("invalid_message", CodeOf(await client.ReceiveAsync("error")));
        }

        Assert.Equal(gateway.KeyOf(token), Assert.Single(SessionsOf(gateway)).Actor.TokenKey);
        await client.SendAsync("""{"type":"ping"}""");
        await client.ReceiveAsync("pong");
        var line = await AuditFolder.WaitForAsync(gateway.AuditFolder, "connection.renew", isAllowed: false);
        Assert.Equal(("user:alice", "a token of user:bob"), (line.GetProperty("actor").GetString(), line.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task What_the_new_token_does_not_let_the_client_see_is_not_sent_after_the_answer_and_stays_so_on_another_silo()
    {
        await using var gateway = await GatewayHost.StartAsync(Policies);
        var (_, _, all) = await gateway.EnrolAsync("alice");
        var (_, _, some) = await gateway.EnrolAsync("alice", "trial");
        var (_, _, closed) = await gateway.EnrolAsync("alice", "closed");
        await Eventually.TrueAsync(() => gateway.HasMarket, "a market");
        using var client = await TickerClient.ConnectAsync(gateway.Address, all);
        await client.ReceiveAsync("ticker");

        Assert.Equal("auth", (await RenewAsync(client, some)).GetProperty("type").GetString());
        await OnlyEthAsync(client);
        Assert.Equal("forbidden", CodeOf(await RenewAsync(client, closed)));
        await OnlyEthAsync(client);

        // The connection joins again with its current token.
        var connections = gateway.Services.GetRequiredService<LocalConnections>();
        var lost = Assert.Single(connections.Of(gateway.Services.GetRequiredService<GatewayIdentity>().Id));
        lost.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "lost"), Stop);
        await lost.Deactivated.WithinTimeoutAsync();
        await client.SendAsync("""{"type":"subscribe","symbols":["BTC-USD"]}""");
        Assert.Equal("forbidden", CodeOf(await client.ReceiveAsync("error")));

        await RenewAsync(client, all);
        var symbols = new HashSet<string?>();
        for (var count = 0; symbols.Count < 3; count++)
        {
            Assert.InRange(count, 0, 2000);
            symbols.UnionWith(SymbolsOf(await client.ReceiveAsync("ticker")));
        }
    }

    [Fact]
    public async Task Who_presents_bad_tokens_too_often_is_told_to_wait_and_a_good_one_counts_all_the_same()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var gateway = await GatewayHost.StartAsync(
            builder => builder.Services.AddKeyedSingleton<TimeProvider>(AuthenticationLimits.Clock, time), ("Limits:FailuresPerMinute", "2"));
        var token = await gateway.GetTokenAsync();
        using var client = await TickerClient.ConnectAsync(gateway.Address, token);

        Assert.Equal("invalid_token", CodeOf(await RenewAsync(client, "rubbish")));
        Assert.Equal("invalid_token", CodeOf(await RenewAsync(client, "rubbish")));
        Assert.Equal("too_many_requests", CodeOf(await RenewAsync(client, "rubbish")));
        Assert.Equal("auth", (await RenewAsync(client, token)).GetProperty("type").GetString());
        using var elsewhere = await gateway.Http.GetAsync("/ws/ticker?x-auth-token=rubbish", Stop);
        Assert.Equal(HttpStatusCode.TooManyRequests, elsewhere.StatusCode);
    }

    [Fact]
    public async Task No_token_of_a_renewal_stands_in_any_log()
    {
        var log = new LogRecorder();
        var gateway = await GatewayHost.StartAsync(
            builder => builder.Logging.AddProvider(log),
            ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:OrleansTicker", "Trace"), ("Logging:LogLevel:Orleans", "Trace"),
            ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"), ("Logging:LogLevel:OrleansTicker.Audit", "Trace"));
        var (_, _, token) = await gateway.EnrolAsync("alice");
        var (_, _, next) = await gateway.EnrolAsync("alice");
        var (_, _, other) = await gateway.EnrolAsync("bob");
        using (var client = await TickerClient.ConnectAsync(gateway.Address, token))
        {
            await RenewAsync(client, next);
            await RenewAsync(client, other);
            await RenewAsync(client, TokenRequests.Forge(next));
        }

        await gateway.DisposeAsync();
        Assert.Contains("connection.renew", log.Text, StringComparison.Ordinal);
        Assert.All([token, next, other], secret =>
        {
            Assert.DoesNotContain(secret[1..43], log.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret[44..], log.Text, StringComparison.Ordinal);
        });
    }

    /// <summary>Sends a token and waits for the answer.</summary>
    private static async Task<JsonElement> RenewAsync(TickerClient client, string token)
    {
        await client.SendAsync($$"""{"type":"auth","token":"{{token}}"}""");
        while (await client.ReceiveAsync() is { } message)
        {
            if (message.GetProperty("type").GetString() is "auth" or "error")
            {
                return message;
            }
        }

        throw new InvalidOperationException("Closed.");
    }

    /// <summary>Checks that twenty ticks hold nothing but ETH-USD.</summary>
    private static async Task OnlyEthAsync(TickerClient client)
    {
        for (var count = 0; count < 20; count++)
        {
            Assert.Equal(["ETH-USD"], SymbolsOf(await client.ReceiveAsync("ticker")));
        }
    }

    private static IEnumerable<string?> SymbolsOf(JsonElement tick) =>
        tick.GetProperty("data").EnumerateArray().Select(quote => quote.GetProperty("symbol").GetString());

    private static string? CodeOf(JsonElement message) => message.GetProperty("code").GetString();

    private static ImmutableArray<RegisteredSession> SessionsOf(GatewayHost gateway) =>
        gateway.Services.GetRequiredService<SessionRegistry>().Find(SessionSelector.All);
}
