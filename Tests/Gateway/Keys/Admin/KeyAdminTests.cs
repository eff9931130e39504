using System.Net;
using System.Text.Json;
using OrleansTicker.Gateway.Keys;

namespace OrleansTicker.Tests.Gateway.Keys.Admin;

public sealed class KeyAdminTests(KeyAdminGateway gateway) : IClassFixture<KeyAdminGateway>
{
    private const string Forbidden = """{"error":"forbidden"}""";
    private const string Missing = """{"error":"no such API key"}""";

    public static TheoryData<string, string> Doors => new()
    {
        { "GET", "/admin/keys" },
        { "POST", "/admin/keys" },
        { "POST", "/admin/keys/1/revoke" },
        { "POST", "/admin/keys/1/rotate" },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Without_a_token_no_door_opens(string method, string path) =>
        Assert.Equal(
            (HttpStatusCode.Unauthorized, """{"error":"authentication required"}"""), await gateway.SendAsync(null, new(method), path, "{}"));

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Whom_no_policy_allows_it_no_door_opens(string method, string path) =>
        Assert.Equal((HttpStatusCode.Forbidden, Forbidden), await gateway.SendAsync("user", new(method), path, "no JSON at all"));

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_page_of_a_strange_origin_may_do_nothing_though_the_browser_has_a_token(string method, string path) =>
        Assert.Equal(
            (HttpStatusCode.Forbidden, """{"error":"origin not allowed"}"""),
            await gateway.SendAsync("admin", new(method), path, "{}", "https://stranger.example"));

    [Theory]
    [InlineData("DELETE", "/admin/keys")]
    [InlineData("GET", "/admin/keys/1/revoke")]
    [InlineData("PUT", "/admin/keys/1/rotate")]
    public async Task Another_method_is_not_allowed(string method, string path) =>
        Assert.Equal(
            (HttpStatusCode.MethodNotAllowed, """{"error":"method not allowed"}"""), await gateway.SendAsync("admin", new(method), path));

    [Fact]
    public async Task A_key_that_was_created_opens_what_its_role_may_and_is_shown_this_once()
    {
        var (status, body) = await gateway.SendAsync(
            "admin", HttpMethod.Post, "/admin/keys", """{"name":"laptop","user_id":"alice","role":"trader","expires_in":3600.0,"more":1}""", "https://friend.example");

        Assert.Equal(HttpStatusCode.Created, status);
        var answer = JsonDocument.Parse(body).RootElement;
        var apiKey = answer.GetProperty("api_key").GetString()!;
        var key = answer.GetProperty("key");
        var id = key.GetProperty("id").GetInt64();
        var created = key.GetProperty("created_at").GetInt64();
        Assert.Equal(
            $$"""{"api_key":"{{apiKey}}","key":{"id":{{id}},"hint":"{{apiKey[..8]}}","name":"laptop","user_id":"alice","role":"trader","state":"active","created_at":{{created}},"expires_at":{{created + 3600}},"revoked_at":null,"last_used_at":null,"replaced_by":null,"is_demo":false},"replaces":null}""",
            body);
        var (exchange, token) = await gateway.ExchangeAsync(apiKey);
        Assert.Equal(HttpStatusCode.OK, exchange);
        Assert.Contains("""
            "user_id":"alice","role":"trader"
            """, token, StringComparison.Ordinal);
        var (_, list) = await gateway.SendAsync("admin", HttpMethod.Get, "/admin/keys?all=true");
        Assert.DoesNotContain(apiKey[..9], list, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "invalid JSON")]
    [InlineData("{", "invalid JSON")]
    [InlineData("{\"name\":\"a\\u0000b\",\"user_id\":\"alice\"}", "the name must have 1 to 100 characters that can be seen")]
    [InlineData("null", "invalid JSON")]
    [InlineData("[]", "invalid JSON")]
    [InlineData("""{"name":7,"user_id":"alice"}""", "name must be a text")]
    [InlineData("""{"name":"\ud800","user_id":"alice"}""", "invalid JSON")]
    [InlineData("""{"name":"a","name":"b","user_id":"alice"}""", "invalid JSON")]
    [InlineData("""{"name":"a","user_id":"alice","expires_in":3600.5}""", "expires_in must be a whole number")]
    [InlineData("""{"name":"a","user_id":"alice","expires_in":"3600"}""", "expires_in must be a whole number")]
    [InlineData("""{"name":"a","user_id":"alice","expires_in":1e99}""", "a key must expire in 1 minute to 3650 days, or never")]
    [InlineData("""{"user_id":"alice"}""", "the name must have 1 to 100 characters that can be seen")]
    [InlineData("""{"name":"a"}""", "the user must have 1 to 100 letters, digits or . _ @ + -, and begin with a letter or digit")]
    [InlineData("""{"name":"a","user_id":"alice","role":"*"}""", "the role must have 1 to 100 letters, digits or . _ @ + -, and begin with a letter or digit")]
    [InlineData("""{"name":"a","user_id":"alice","expires_in":0}""", "a key must expire in 1 minute to 3650 days, or never")]
    [InlineData("""{"name":"a","user_id":"alice","expires_in":9223372036854775807}""", "a key must expire in 1 minute to 3650 days, or never")]
    public async Task What_cannot_be_a_key_is_refused_with_a_sentence(string body, string error)
    {
        var (status, answer) = await gateway.SendAsync("admin", HttpMethod.Post, "/admin/keys", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(error, JsonDocument.Parse(answer).RootElement.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused() =>
        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, """{"error":"request too large"}"""),
            await gateway.SendAsync("admin", HttpMethod.Post, "/admin/keys", new string(' ', 4097)));

    [Fact]
    public async Task The_list_leaves_out_what_has_ended_what_another_has_and_what_a_policy_hides()
    {
        var alive = await CreateAsync("carol");
        var ended = await CreateAsync("carol");
        await gateway.Store.RevokeAsync(ended.Record.Id, Stop);

        Assert.Equal([alive.Record.Id], await ListAsync("auditor", "?user_id=carol"));
        Assert.Equal([alive.Record.Id, ended.Record.Id], await ListAsync("auditor", "?user_id=carol&all=true"));
        Assert.Contains(gateway.Hidden.Id, await ListAsync("admin", ""));
        Assert.DoesNotContain(gateway.Hidden.Id, await ListAsync("auditor", ""));
        Assert.Equal(
            (HttpStatusCode.BadRequest, """{"error":"all must be true or false"}"""),
            await gateway.SendAsync("auditor", HttpMethod.Get, "/admin/keys?all=perhaps"));
    }

    [Fact]
    public async Task A_revoked_key_gets_no_token_any_more()
    {
        var created = await CreateAsync("dave");
        var path = $"/admin/keys/{created.Record.Id}/revoke";
        Assert.Equal((HttpStatusCode.Forbidden, Forbidden), await gateway.SendAsync("auditor", HttpMethod.Post, path));
        Assert.Equal(HttpStatusCode.OK, (await gateway.ExchangeAsync(created.Key)).Status);

        var (status, body) = await gateway.SendAsync("admin", HttpMethod.Post, path);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("revoked", JsonDocument.Parse(body).RootElement.GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.ExchangeAsync(created.Key)).Status);
        Assert.Equal((status, body), await gateway.SendAsync("admin", HttpMethod.Post, path));
    }

    [Fact]
    public async Task A_policy_may_keep_one_key_from_being_revoked()
    {
        var (status, _) = await gateway.SendAsync("admin", HttpMethod.Post, $"/admin/keys/{gateway.Hidden.Id}/revoke");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Empty(await gateway.Store.FindEndedAsync([gateway.Hidden.Id], Stop));
    }

    [Theory]
    [InlineData("4711")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1%20")]
    [InlineData("x")]
    [InlineData("99999999999999999999")]
    public async Task A_key_that_is_not_there_is_not_found(string id)
    {
        Assert.Equal((HttpStatusCode.NotFound, Missing), await gateway.SendAsync("admin", HttpMethod.Post, $"/admin/keys/{id}/revoke"));
        Assert.Equal((HttpStatusCode.NotFound, Missing), await gateway.SendAsync("admin", HttpMethod.Post, $"/admin/keys/{id}/rotate"));
    }

    [Theory]
    [InlineData(null, 86400)]
    [InlineData("{}", 86400)]
    [InlineData("""{"grace_seconds":60}""", 60)]
    [InlineData("""{"grace_seconds":6.0e1}""", 60)]
    [InlineData("\uFEFF", 86400)]
    [InlineData("\uFEFF{\"grace_seconds\":60}", 60)]
    public async Task A_rotated_key_works_beside_its_successor_for_the_time_that_was_chosen(string? body, long grace)
    {
        var created = await CreateAsync("erin");
        var path = $"/admin/keys/{created.Record.Id}/rotate";

        var (status, answer) = await gateway.SendAsync("admin", HttpMethod.Post, path, body);

        Assert.Equal(HttpStatusCode.Created, status);
        var json = JsonDocument.Parse(answer).RootElement;
        var old = json.GetProperty("replaces");
        var successor = json.GetProperty("key");
        Assert.Equal("rotated", old.GetProperty("state").GetString());
        Assert.Equal(grace, old.GetProperty("expires_at").GetInt64() - successor.GetProperty("created_at").GetInt64());
        Assert.Equal(HttpStatusCode.OK, (await gateway.ExchangeAsync(created.Key)).Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.ExchangeAsync(json.GetProperty("api_key").GetString()!)).Status);
        Assert.Equal(
            (HttpStatusCode.Conflict, $$"""{"error":"API key {{created.Record.Id}} was rotated already: its successor is {{successor.GetProperty("id")}}"}"""),
            await gateway.SendAsync("admin", HttpMethod.Post, path, body));
    }

    [Fact]
    public async Task Without_grace_the_old_key_ends_at_once()
    {
        var created = await CreateAsync("frank");
        var path = $"/admin/keys/{created.Record.Id}/rotate";

        Assert.Equal(HttpStatusCode.Created, (await gateway.SendAsync("admin", HttpMethod.Post, path, """{"grace_seconds":0}""")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.ExchangeAsync(created.Key)).Status);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("2592001")]
    [InlineData("9223372036854775807")]
    public async Task A_grace_out_of_range_is_refused(string seconds)
    {
        var created = await CreateAsync("grace");

        Assert.Equal(
            (HttpStatusCode.BadRequest, """{"error":"grace_seconds must be between 0 and 2592000"}"""),
            await gateway.SendAsync("admin", HttpMethod.Post, $"/admin/keys/{created.Record.Id}/rotate", $$"""{"grace_seconds":{{seconds}}}"""));
    }

    private Task<CreatedApiKey> CreateAsync(string user) => gateway.Store.CreateAsync(new NewApiKey("key", user), Stop);

    private async Task<IEnumerable<long>> ListAsync(string role, string query)
    {
        var (status, body) = await gateway.SendAsync(role, HttpMethod.Get, $"/admin/keys{query}");
        Assert.Equal(HttpStatusCode.OK, status);
        return [.. JsonDocument.Parse(body).RootElement.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("id").GetInt64())];
    }
}
