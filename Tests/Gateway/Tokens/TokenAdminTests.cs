using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.Tests.Gateway.Audit;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Tokens;

/// <summary>Revocation (RFC 7009) and introspection (RFC 7662) of tokens over HTTP.</summary>
public sealed class TokenAdminTests
{
    private static readonly (string, string?)[] Policies =
    [
        ("Policies:user_policy:Effect", "Allow"),
        ("Policies:user_policy:Groups:0", "user"),
        ("Policies:user_policy:Actions:0", "connection.open"),
        ("Policies:user_policy:Actions:1", "symbol.subscribe"),
        ("Policies:user_policy:Resources:0", "*"),
        ("Policies:warden_policy:Effect", "Allow"),
        ("Policies:warden_policy:Groups:0", "warden"),
        ("Policies:warden_policy:Actions:0", "token.*"),
        ("Policies:warden_policy:Resources:0", "token:*"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_holds_a_token_revokes_it_and_its_socket_closes_and_it_opens_nothing_any_more()
    {
        await using var gateway = await GatewayHost.StartAsync(Policies);
        var (_, apiKey, token) = await gateway.EnrolAsync("alice");
        using var client = await TickerClient.ConnectAsync(gateway.Address, token);
        using var other = await TickerClient.ConnectAsync(gateway.Address, await gateway.ExchangeAsync(apiKey));
        await client.ReceiveAsync("ticker");

        using var revoked = await gateway.RevokeAsync(token, token);

        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.True(revoked.Headers.CacheControl?.NoStore);
        Assert.Equal("", await revoked.Content.ReadAsStringAsync(Stop));
        Assert.Equal((4401, "token revoked"), await client.ReceiveCloseAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.TryAsync(token));
        await other.SendAsync("""{"type":"ping"}""");
        await other.ReceiveAsync("pong");
        var line = await AuditFolder.WaitForAsync(gateway.AuditFolder, "token.revoke", isAllowed: true);
        Assert.Equal(
            ($"token:{gateway.Services.GetRequiredService<ITokenSigner>().KeyOf(token[..43])[..8]}", "user:alice", "127.0.0.1", "own"),
            (line.GetProperty("resource").GetString(), line.GetProperty("actor").GetString(), line.GetProperty("address").GetString(), line.GetProperty("detail").GetString()));
        Assert.DoesNotContain(token[..43], line.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "%0A")]
    [InlineData("+", "%0D%0A")]
    [InlineData("", "\n")]
    public async Task A_token_in_a_form_is_revoked_whatever_white_space_stands_around_it(string before, string after)
    {
        await using var gateway = await GatewayHost.StartAsync(Policies);
        var (_, _, token) = await gateway.EnrolAsync("alice");
        using var body = new StringContent($"\uFEFFtoken={before}{token}{after}");

        using var revoked = await gateway.PostAsync("/auth/revoke", token, body);

        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.TryAsync(token));
    }

    [Fact]
    public async Task A_user_revokes_another_token_of_his_own_by_JSON()
    {
        await using var gateway = await GatewayHost.StartAsync(Policies);
        var (_, apiKey, lost) = await gateway.EnrolAsync("alice");
        var token = await gateway.ExchangeAsync(apiKey);

        using var revoked = await gateway.PostAsync("/auth/revoke", token, JsonContent.Create(new { token = $" {lost}\n" }));

        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.TryAsync(lost));
        Assert.Equal(HttpStatusCode.UpgradeRequired, await gateway.TryAsync(token));
    }

    [Fact]
    public async Task Tokens_of_others_are_revoked_by_who_may_and_by_nobody_else()
    {
        await using var gateway = await GatewayHost.StartAsync(Policies);
        var (_, _, alice) = await gateway.EnrolAsync("alice");
        var (_, _, mallory) = await gateway.EnrolAsync("mallory");
        var (_, _, warden) = await gateway.EnrolAsync("walter", "warden");
        using var client = await TickerClient.ConnectAsync(gateway.Address, alice);

        using var denied = await gateway.RevokeAsync(mallory, alice);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Equal("""{"error":"forbidden"}""", await denied.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.UpgradeRequired, await gateway.TryAsync(alice));
        var line = await AuditFolder.WaitForAsync(gateway.AuditFolder, "token.revoke", isAllowed: false);
        Assert.Equal("user:mallory", line.GetProperty("actor").GetString());

        using var revoked = await gateway.RevokeAsync(warden, alice);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal((4401, "token revoked"), await client.ReceiveCloseAsync());
    }

    [Fact]
    public async Task Tokens_that_are_unknown_revoked_or_malformed_are_answered_like_those_that_were_revoked()
    {
        await using var gateway = await GatewayHost.StartAsync(Policies);
        var (_, apiKey, token) = await gateway.EnrolAsync("alice");
        var ended = await gateway.ExchangeAsync(apiKey);
        var signer = gateway.Services.GetRequiredService<ITokenSigner>();
        foreach (var unknown in new[] { ended, ended, signer.Sign(signer.NewSecret()), TokenRequests.Forge(token), "rubbish", "ä %00 \u0001", new string('a', 3000) })
        {
            using var response = await gateway.RevokeAsync(token, unknown);
            Assert.Equal((HttpStatusCode.OK, ""), (response.StatusCode, await response.Content.ReadAsStringAsync(Stop)));
        }

        Assert.Equal(HttpStatusCode.UpgradeRequired, await gateway.TryAsync(token));
    }

    [Fact]
    public async Task A_token_is_told_of_to_who_may()
    {
        await using var gateway = await GatewayHost.StartAsync(Policies);
        var (id, _, alice) = await gateway.EnrolAsync("alice");
        var (_, _, warden) = await gateway.EnrolAsync("walter", "warden");

        using var response = await gateway.PostAsync("/auth/introspect", warden, TokenRequests.Form(alice));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(
            ["active", "sub", "username", "client_id", "scope", "token_type", "iat", "exp"],
            body.EnumerateObject().Select(field => field.Name));
        Assert.True(body.GetProperty("active").GetBoolean());
        Assert.Equal("user:alice alice", $"{body.GetProperty("sub")} {body.GetProperty("username")}");
        Assert.Equal($"apikey:{id} user_policy Bearer", $"{body.GetProperty("client_id")} {body.GetProperty("scope")} {body.GetProperty("token_type")}");
        Assert.Equal(3600, body.GetProperty("exp").GetInt64() - body.GetProperty("iat").GetInt64());
        var line = await AuditFolder.WaitForAsync(gateway.AuditFolder, "token.introspect", isAllowed: true);
        Assert.Equal("user:walter", line.GetProperty("actor").GetString());
    }

    [Fact]
    public async Task Of_what_is_not_valid_nothing_is_told_but_that()
    {
        await using var gateway = await GatewayHost.StartAsync(Policies);
        var (id, _, alice) = await gateway.EnrolAsync("alice");
        var (_, _, revoked) = await gateway.EnrolAsync("bob");
        var (_, _, warden) = await gateway.EnrolAsync("walter", "warden");
        (await gateway.RevokeAsync(revoked, revoked)).Dispose();
        await gateway.KeysOf().RevokeAsync(id, Stop); // And with it alice's token.

        foreach (var token in new[] { alice, revoked, TokenRequests.Forge(warden), "rubbish" })
        {
            using var response = await gateway.PostAsync("/auth/introspect", warden, JsonContent.Create(new { token }));
            Assert.Equal("""{"active":false}""", await response.Content.ReadAsStringAsync(Stop));
        }
    }

    [Fact]
    public async Task Who_may_not_learns_nothing_of_a_token_not_even_of_his_own()
    {
        await using var gateway = await GatewayHost.StartAsync(Policies);
        var (_, _, alice) = await gateway.EnrolAsync("alice");
        foreach (var token in new[] { alice, "rubbish" })
        {
            using var response = await gateway.PostAsync("/auth/introspect", alice, TokenRequests.Form(token));
            Assert.Equal((HttpStatusCode.Forbidden, """{"error":"forbidden"}"""), (response.StatusCode, await response.Content.ReadAsStringAsync(Stop)));
        }

        Assert.Equal("user:alice", (await AuditFolder.WaitForAsync(gateway.AuditFolder, "token.introspect", isAllowed: false)).GetProperty("actor").GetString());
    }

    [Theory]
    [InlineData("/auth/revoke")]
    [InlineData("/auth/introspect")]
    public async Task What_is_asked_wrongly_is_refused(string path)
    {
        await using var gateway = await GatewayHost.StartAsync([("Cors:Origins:0", "https://friend.example")]);
        var token = await gateway.GetTokenAsync();

        Assert.Equal("401 authentication required", await AskAsync(null, "token=a"));
        Assert.Equal("401 authentication required", await AskAsync("forged", "token=a"));
        foreach (var body in new[] { "", "token=", "token=%20%0A", "tokens=a", "token=a&token=b", "\uFEFFtoken=a&token=a", "{", "{}", """{"token":1}""", """{"token":"a","token":"b"}""", """{"token":"\ud800"}""" })
        {
            Assert.Equal("400 invalid_request", await AskAsync(token, body));
        }

        Assert.Equal("413 request too large", await AskAsync(token, $"token={new string('a', 4096)}"));
        Assert.Equal(
            "403 origin not allowed",
            await AskAsync(null, $"token={token}", ("Origin", "https://evil.example"), ("Cookie", $"x-auth-token={token}")));
        using var get = await gateway.Http.GetAsync(path, Stop);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST"), (get.StatusCode, get.Content.Headers.Allow.Single()));
        Assert.Equal(HttpStatusCode.UpgradeRequired, await gateway.TryAsync(token));

        async Task<string> AskAsync(string? caller, string body, params (string, string)[] headers)
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.ContentType = new("application/x-www-form-urlencoded");
            using var response = await gateway.PostAsync(path, caller, content, headers);
            return $"{(int)response.StatusCode} {(await response.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("error")}";
        }
    }

    [Theory]
    [InlineData("/auth/revoke")]
    [InlineData("/auth/introspect")]
    public async Task They_are_limited_by_address(string path)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var gateway = await GatewayHost.StartAsync(
            builder => builder.Services.AddKeyedSingleton<TimeProvider>(AuthenticationLimits.Clock, time), ("Limits:ExchangesPerMinute", "3"));
        var token = await gateway.GetTokenAsync();
        for (var count = 0; count < 2; count++)
        {
            using var response = await gateway.PostAsync(path, token, TokenRequests.Form("a"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        using var refused = await gateway.PostAsync(path, token, TokenRequests.Form("a"));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(20), refused.Headers.RetryAfter?.Delta);
    }
}
