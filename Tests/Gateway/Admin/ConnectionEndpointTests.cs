using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Tests.Gateway.Audit;
using OrleansTicker.Tests.Grains.Gateways;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Admin;

public sealed class ConnectionEndpointTests
{
    private static readonly (string, string?)[] SocketsOnly =
    [
        ("Policies:sockets:Actions:0", "connection.open"),
        ("Policies:sockets:Resources:0", "*"),
        ("Policies:sockets:Effect", "Allow"),
        ("Policies:sockets:Groups:0", "user"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_connections_are_listed_with_who_has_them_and_no_secret()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = await gateway.GetTokenAsync();
        using var client = await TickerClient.ConnectAsync(gateway.Address, token);
        var id = (await client.ReceiveAsync("welcome")).GetProperty("connection_id").GetString();

        var body = await GetAsync(gateway, token, "/admin/connections");

        var connection = Assert.Single(body.GetProperty("connections").EnumerateArray());
        Assert.Equal(id, connection.GetProperty("connection_id").GetString());
        Assert.Equal("user:demo", connection.GetProperty("user_id").GetString());
        Assert.Equal("127.0.0.1", connection.GetProperty("address").GetString());
        Assert.Equal(8, connection.GetProperty("token").GetString()!.Length);
        Assert.True(connection.GetProperty("expires_at").GetDateTimeOffset() > connection.GetProperty("opened_at").GetDateTimeOffset());
        Assert.Empty(body.GetProperty("unreachable").EnumerateArray());
        Assert.DoesNotContain(token[..43], body.ToString(), StringComparison.Ordinal);
        Assert.Empty((await GetAsync(gateway, token, "/admin/connections?user_id=user:eve")).GetProperty("connections").EnumerateArray());
    }

    [Fact]
    public async Task One_connection_is_closed_by_its_id_and_the_others_stay()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = await gateway.GetTokenAsync();
        using var one = await TickerClient.ConnectAsync(gateway.Address, token);
        using var other = await TickerClient.ConnectAsync(gateway.Address, token);
        var id = (await one.ReceiveAsync("welcome")).GetProperty("connection_id").GetString();

        using var closed = await gateway.SendAsync(HttpMethod.Delete, $"/admin/connections/{id}", token);
        Assert.Equal("""{"closed":1,"unreachable":[]}""", await closed.Content.ReadAsStringAsync(Stop));
        Assert.Equal((1008, "closed by an administrator"), await one.ReceiveCloseAsync());
        await other.ReceiveAsync("ticker");

        using var again = await gateway.SendAsync(HttpMethod.Delete, "/admin/connections/nobody", token);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        var line = await AuditFolder.WaitForAsync(gateway.AuditFolder, "connection.close", isAllowed: true);
        Assert.Equal(($"connection:{id}", "user:demo"), (line.GetProperty("resource").GetString(), line.GetProperty("actor").GetString()));
    }

    [Fact]
    public async Task All_connections_of_a_user_are_closed_at_once()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = await gateway.GetTokenAsync();
        using var one = await TickerClient.ConnectAsync(gateway.Address, token);
        using var other = await TickerClient.ConnectAsync(gateway.Address, token);
        await one.ReceiveAsync("ticker");
        await other.ReceiveAsync("ticker");

        using var strangers = await gateway.SendAsync(HttpMethod.Delete, "/admin/connections?user_id=user:eve", token);
        Assert.Equal("""{"closed":0,"unreachable":[]}""", await strangers.Content.ReadAsStringAsync(Stop));
        using var closed = await gateway.SendAsync(HttpMethod.Delete, "/admin/connections?user_id=user:demo", token);
        Assert.Equal("""{"closed":2,"unreachable":[]}""", await closed.Content.ReadAsStringAsync(Stop));

        Assert.Equal(1008, (await one.ReceiveCloseAsync()).Code);
        Assert.Equal(1008, (await other.ReceiveCloseAsync()).Code);
    }

    [Fact]
    public async Task A_gateway_that_does_not_answer_is_named_and_not_waited_for()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = await gateway.GetTokenAsync();
        using var client = await TickerClient.ConnectAsync(gateway.Address, token);
        await client.ReceiveAsync("ticker");
        var silent = gateway.Grains.CreateObjectReference<IGatewayObserver>(new SilentObserver());
        gateway.Grains.DeleteObjectReference<IGatewayObserver>(silent); // It is gone without saying so.
        await gateway.Grains.GetGrain<IGatewayRegistryGrain>(IGatewayRegistryGrain.Key).AnnounceAsync(new GatewayEntry("dead", silent));

        var body = await GetAsync(gateway, token, "/admin/connections");

        Assert.Equal("dead", Assert.Single(body.GetProperty("unreachable").EnumerateArray()).GetString());
        Assert.Single(body.GetProperty("connections").EnumerateArray());
    }

    [Theory]
    [InlineData("GET", "/admin/connections", "connection.list")]
    [InlineData("DELETE", "/admin/connections/x", "connection.close")]
    [InlineData("DELETE", "/admin/connections?user_id=user:demo", "connection.close")]
    [InlineData("GET", "/admin/metrics", "metrics.read")]
    [InlineData("GET", "/admin/dashboard", "dashboard.read")]
    public async Task Who_may_not_is_told_so_and_it_is_recorded_and_nothing_else_happens(string method, string path, string action)
    {
        await using var gateway = await GatewayHost.StartAsync(SocketsOnly);
        var token = await gateway.GetTokenAsync();
        using var client = await TickerClient.ConnectAsync(gateway.Address, token);

        using var denied = await gateway.SendAsync(new HttpMethod(method), path, token);
        using var unknown = await gateway.SendAsync(new HttpMethod(method), path, "forged");

        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Equal("""{"error":"forbidden"}""", await denied.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        var line = await AuditFolder.WaitForAsync(gateway.AuditFolder, action, isAllowed: false);
        Assert.Equal("user:demo", line.GetProperty("actor").GetString());
        await client.SendAsync("""{"type":"ping"}""");
        await client.ReceiveAsync("pong");
    }

    [Theory]
    [InlineData("POST", "/admin/connections", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/admin/connections/x", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/admin/metrics", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/admin/dashboard", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/admin/connections", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/admin/connections?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/admin/connections?limit=10001", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/admin/connections?limit=some", HttpStatusCode.BadRequest)]
    public async Task What_is_asked_wrongly_is_refused(string method, string path, HttpStatusCode status)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.SendAsync(new HttpMethod(method), path, await gateway.GetTokenAsync());

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task The_transport_is_told_before_the_first_session()
    {
        await using var gateway = await GatewayHost.StartAsync(("Fanout:Transport", "send"));

        using var metrics = await gateway.SendAsync(HttpMethod.Get, "/admin/metrics", await gateway.GetTokenAsync());

        Assert.Contains("ticker_transport{kind=\"send\"} 1\n", await metrics.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_are_there_for_Prometheus_and_in_one_look()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = await gateway.GetTokenAsync();
        using var client = await TickerClient.ConnectAsync(gateway.Address, token);
        await client.ReceiveAsync("ticker");
        using var ended = await TickerClient.ConnectAsync(gateway.Address, token);
        await ended.ReceiveAsync("ticker");
        ended.Socket.Abort();

        var text = "";
        var since = TimeProvider.System.GetTimestamp();
        while (!text.Contains("ticker_sessions_ended_total", StringComparison.Ordinal) || !text.Contains("ticker_delivery_count", StringComparison.Ordinal))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TickerClient.Patience, text);
            using var metrics = await gateway.SendAsync(HttpMethod.Get, "/admin/metrics", token);
            Assert.Equal("text/plain; version=0.0.4; charset=utf-8", metrics.Content.Headers.ContentType?.ToString());
            text = await metrics.Content.ReadAsStringAsync(Stop);
        }

        Assert.Contains("# TYPE ticker_sessions gauge\nticker_sessions 1\n", text, StringComparison.Ordinal);
        Assert.Matches("ticker_frames_total [1-9]", text);
        Assert.Contains("ticker_sessions_ended_total{close_code=\"1006\",closed_by=\"client\"} 1\n", text, StringComparison.Ordinal);
        Assert.Matches("kestrel_active_connections{[^}]*} [1-9]", text);
        Assert.Matches("# TYPE orleans_grains gauge\n(.*\n)*orleans_grains{grain_type=\"connection\"} [1-9]", text);
        Assert.Matches("dotnet_process_memory_working_set [1-9]", text);
        Assert.Matches("# TYPE ticker_delivery summary\nticker_delivery_sum [0-9.E-]+\nticker_delivery_count [1-9]", text);

        var dashboard = await GetAsync(gateway, token, "/admin/dashboard");
        Assert.Equal(1, dashboard.GetProperty("sessions").GetInt32());
        Assert.Equal(3, dashboard.GetProperty("symbols").GetInt32());
        Assert.True(dashboard.GetProperty("seq").GetInt64() > 0);
    }

    [Fact]
    public async Task Symbols_that_are_denied_to_who_asks_for_them_are_recorded()
    {
        await using var gateway = await GatewayHost.StartAsync(SocketsOnly);
        using var client = await gateway.ConnectAsync();
        await Eventually.TrueAsync(() => gateway.HasMarket, "a market");

        await client.SendAsync("""{"type":"subscribe","symbols":["BTC-USD"]}""");

        Assert.Equal("forbidden", (await client.ReceiveAsync("error")).GetProperty("code").GetString());
        var line = await AuditFolder.WaitForAsync(gateway.AuditFolder, "symbol.subscribe", isAllowed: false);
        Assert.Equal("symbol:BTC-USD", line.GetProperty("resource").GetString());
    }

    private static async Task<JsonElement> GetAsync(GatewayHost gateway, string token, string path)
    {
        using var response = await gateway.SendAsync(HttpMethod.Get, path, token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl?.NoStore);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }
}
