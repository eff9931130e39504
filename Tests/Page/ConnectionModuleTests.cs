namespace OrleansTicker.Tests.Page;

/// <summary>How the page understands answers and closes, and how long it waits before it connects again.</summary>
public sealed class ConnectionModuleTests(ModulePage page) : ModuleTest(page)
{
    [Fact]
    public async Task A_wait_stays_below_a_ceiling_that_doubles_up_to_fifteen_seconds()
    {
        var ceilings = await RunAsync<double[]>("wire/backoff", "[0, 1, 2, 6, 60, 5000].map(attempt => m.backoff(attempt, () => 1))");
        var floor = await RunAsync<double>("wire/backoff", "m.backoff(60, () => 0)");

        Assert.Equal([250, 500, 1_000, 15_000, 15_000, 15_000], ceilings);
        Assert.Equal(0, floor);
    }

    [Theory]
    [InlineData(200, "application/json", """{"token":"a.b-c_d"}""", "issued")]
    [InlineData(401, "application/json", """{"error":"invalid API key"}""", "refused")]
    [InlineData(401, "application/json", """{"error":"unauthorized"}""", "unavailable")]
    [InlineData(401, "application/json", """{"message":"Unauthorized"}""", "foreign")]
    [InlineData(401, "text/html", """{"error":"invalid API key"}""", "foreign")]
    [InlineData(403, "application/json", """{"error":"invalid API key"}""", "unavailable")]
    [InlineData(400, "application/json", """{"error":"api_key required"}""", "unavailable")]
    [InlineData(200, "application/json", """{"error":"invalid API key"}""", "foreign")]
    [InlineData(200, "application/json", """{"token":"two words"}""", "foreign")]
    [InlineData(200, "application/json", "null", "foreign")]
    [InlineData(200, "text/html", "<html>", "foreign")]
    [InlineData(0, "", "", "foreign")]
    [InlineData(404, "text/html", "<html>", "foreign")]
    [InlineData(429, "application/json", """{"error":"too many requests"}""", "busy")]
    [InlineData(429, "text/html", "<html>", "foreign")]
    [InlineData(500, "application/json", """{"error":"database unavailable"}""", "unavailable")]
    [InlineData(503, "application/json", """{"error":"token store unavailable"}""", "unavailable")]
    [InlineData(502, "text/html", "<html>", "unreachable")]
    public async Task Only_what_has_the_gateways_form_is_its_word(int status, string type, string text, string kind) =>
        Assert.Equal(kind, await RunAsync<string>("wire/token", $"m.readAnswer({{ status: {status}, type: '{type}', text: `{text}`, afterMs: 0 }}).kind"));

    [Theory]
    [InlineData(1000, "reconnect")]
    [InlineData(1001, "reconnect")]
    [InlineData(1006, "reconnect")]
    [InlineData(1008, "reconnect")]
    [InlineData(1008, "stop", "closed by an administrator")]
    [InlineData(1009, "reconnect")]
    [InlineData(1009, "stop", "message too big")]
    [InlineData(1011, "reconnect")]
    [InlineData(1012, "reconnect")]
    [InlineData(4401, "renew")]
    [InlineData(4408, "reconnect")]
    [InlineData(4429, "reconnect")]
    public async Task Each_close_says_whether_to_come_back_and_a_proxys_never_says_no(int code, string next, string reason = "") =>
        Assert.Equal(next, await RunAsync<string>("wire/endings", $"m.endingOf({code}, '{reason}').next"));
}
