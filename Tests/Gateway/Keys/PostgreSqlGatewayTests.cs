using System.Net;
using System.Net.Http.Json;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

/// <summary>The whole gateway with its keys in PostgreSQL.</summary>
public sealed class PostgreSqlGatewayTests(PostgreSqlServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_gets_prices_and_a_database_that_goes_away_is_told_and_stops_no_prices()
    {
        await using var database = await PostgreSqlDatabase.CreateOrSkipAsync(server);
        await using var gateway = await GatewayHost.StartAsync(
            ("Keys:Provider", KeyOptions.PostgreSql), ("Keys:ConnectionString", database.ConnectionString));
        using var client = await gateway.ConnectAsync();
        await client.ReceiveAsync("ticker");
        Assert.False(File.Exists(gateway.KeyPath));
        var token = await gateway.GetTokenAsync();
        using var none = await gateway.SendAsync(HttpMethod.Get, "/admin/keys?user_id=a%00b", token);
        Assert.Equal((HttpStatusCode.OK, "{\"keys\":[]}"), (none.StatusCode, await none.Content.ReadAsStringAsync(Stop)));

        await database.SetAwayAsync(true);

        using var exchange = await gateway.Http.PostAsJsonAsync("/auth/token", new { api_key = gateway.DemoApiKey }, Stop);
        Assert.Equal(HttpStatusCode.InternalServerError, exchange.StatusCode);
        Assert.Equal("""{"error":"database unavailable"}""", await exchange.Content.ReadAsStringAsync(Stop));
        using var list = await gateway.SendAsync(HttpMethod.Get, "/admin/keys", token);
        Assert.Equal(HttpStatusCode.InternalServerError, list.StatusCode);
        Assert.Equal("""{"error":"database unavailable"}""", await list.Content.ReadAsStringAsync(Stop));
        await client.ReceiveAsync("ticker");

        await database.SetAwayAsync(false);
        await gateway.GetTokenAsync();
    }
}
