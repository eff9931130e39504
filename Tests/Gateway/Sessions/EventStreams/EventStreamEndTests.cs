using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions.EventStreams;

/// <summary>How streams end, and what clients that come back are told.</summary>
/// <param name="transport">How frames get to the sockets (Fanout:Transport).</param>
public abstract class EventStreamEndTests(string transport) : TransportTest(transport)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_event_says_why_the_stream_ends()
    {
        await using var gateway = await StartAsync();
        var token = await gateway.GetTokenAsync();
        CloseReason[] reasons =
        [
            CloseReason.ByAdministrator, CloseReason.ConnectionLost, CloseReason.GatewayStopping, CloseReason.TokenExpired, CloseReason.TokenRevoked,
            CloseReason.ApiKeyEnded, CloseReason.Stalled, new CloseReason(4000, "as \"they\" say:\n\u2026"),
        ];
        foreach (var reason in reasons)
        {
            using var client = await EventStreamClient.OpenAsync(gateway.Address, token);
            await client.ReceiveAsync("ticker");

            SessionIn(gateway).Session.End(reason);

            var last = await client.ReceiveLastAsync();
            Assert.Equal("close", last?.Name);
            Assert.Equal((reason.Code, reason.Text), (last!.Json.GetProperty("code").GetInt32(), last.Json.GetProperty("reason").GetString()));
            Assert.Equal(reason == CloseReason.ByAdministrator, last.LastId == "end");
            await Eventually.TrueAsync(() => gateway.Services.GetRequiredService<SessionRegistry>().Count == 0, "the session has left");
        }
    }

    [Fact]
    public async Task A_token_that_is_revoked_ends_its_streams_and_opens_no_more()
    {
        await using var gateway = await StartAsync();
        var token = await gateway.GetTokenAsync();
        using var client = await EventStreamClient.OpenAsync(gateway.Address, token);
        await client.ReceiveAsync("ticker");

        using var revoked = await gateway.SendAsync(
            HttpMethod.Post, "/auth/revoke", token, request => request.Content = JsonContent.Create(new { token }));

        Assert.Equal("""{"type":"close","code":4401,"reason":"token revoked"}""", (await client.ReceiveLastAsync())?.Data);
        using var again = await gateway.SendAsync(HttpMethod.Get, EventStreamClient.Path, token); // Which stops an EventSource.
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Fact]
    public async Task A_token_that_expires_ends_its_streams()
    {
        await using var gateway = await StartAsync();
        using var client = await EventStreamClient.OpenAsync(gateway.Address, await gateway.GetTokenAsync());
        await client.ReceiveAsync("ticker");

        SessionIn(gateway).Session.Renew(TimeProvider.System.GetUtcNow().AddSeconds(1));

        Assert.Equal("""{"type":"close","code":4401,"reason":"token expired"}""", (await client.ReceiveLastAsync())?.Data);
    }

    [Fact]
    public async Task Who_was_closed_by_an_administrator_is_told_not_to_come_back()
    {
        await using var gateway = await StartAsync();
        var token = await gateway.GetTokenAsync();
        using var client = await EventStreamClient.OpenAsync(gateway.Address, token, "symbols=BTC-USD");
        var id = (await client.ReceiveJsonAsync("welcome")).GetProperty("connection_id").GetString();
        using var list = await gateway.SendAsync(HttpMethod.Get, "/admin/connections", token);
        var connection = Assert.Single((await list.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("connections").EnumerateArray());
        Assert.Equal(id, connection.GetProperty("connection_id").GetString());

        using var closed = await gateway.SendAsync(HttpMethod.Delete, $"/admin/connections/{id}", token);

        Assert.Equal("""{"type":"close","code":1008,"reason":"closed by an administrator"}""", (await client.ReceiveLastAsync())?.Data);
        using var again = await gateway.SendAsync(
            HttpMethod.Get, EventStreamClient.Path, token, request => request.Headers.Add("Last-Event-ID", client.Parser.LastId));
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        using var anew = await EventStreamClient.OpenAsync(gateway.Address, token);
        Assert.Equal("welcome", (await anew.ReceiveAsync())?.Name);
    }

    [Fact]
    public async Task A_gateway_that_stops_sends_its_streams_elsewhere_and_gives_them_prices_until_they_go()
    {
        await using var gateway = await StartAsync();
        using var client = await EventStreamClient.OpenAsync(gateway.Address, await gateway.GetTokenAsync());
        await client.ReceiveAsync("ticker");

        var stopping = gateway.StopAsync();
        var after = (await client.ReceiveJsonAsync("reconnect")).GetProperty("after_ms").GetInt64();
        await client.ReceiveAsync("ticker");
        await client.ReceiveAsync("ticker");
        var lastId = client.Parser.LastId;
        var last = await client.ReceiveLastAsync();

        Assert.InRange(after, 0, 99); // One client is in no crowd.
        Assert.InRange(client.Parser.Retry ?? 0, 2000, 3999); // By then another gateway runs.
        Assert.Equal("""{"type":"close","code":1012,"reason":"gateway stopping"}""", last?.Data);
        Assert.StartsWith(lastId[..lastId.IndexOf('-', StringComparison.Ordinal)], last!.LastId, StringComparison.Ordinal); // To resume from.
        await stopping.WithinTimeoutAsync();
    }

    [Fact]
    public async Task A_client_that_takes_nothing_is_cut_off_and_its_connection_leaves()
    {
        var calls = new GrainCalls();
        await using var gateway = await StartAsync(
            calls.Install,
            ("Ticker:Interval", "00:00:00.001"), ("Sessions:SendBuffer", "8192"), ("Sessions:StallTimeout", "00:00:01"), ("Sessions:CloseTimeout", "00:00:00.1"));
        using var client = await EventStreamClient.OpenAsync(gateway.Address, await gateway.GetTokenAsync(), receiveBuffer: 4096);
        var id = (await client.ReceiveJsonAsync("welcome")).GetProperty("connection_id").GetString()!;

        await calls.LeftAsync(id);

        await Assert.ThrowsAnyAsync<IOException>(client.ReceiveLastAsync); // The end of the response is missing, so nobody takes it for whole.
    }

    private static RegisteredSession SessionIn(GatewayHost gateway) =>
        Assert.Single(gateway.Services.GetRequiredService<SessionRegistry>().Find(SessionSelector.All));
}
