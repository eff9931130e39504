using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Tests.Gateway.Audit;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions.EventStreams;

/// <summary>Who may open a stream, with which parameters, and what everybody else is told.</summary>
public sealed class EventStreamRequestTests
{
    private static readonly (string, string?)[] OnlyBitcoin =
    [
        ("Policies:open:Actions:0", "connection.open"),
        ("Policies:open:Resources:0", "ticker"),
        ("Policies:open:Effect", "Allow"),
        ("Policies:open:Groups:0", "user"),
        ("Policies:see:Actions:0", "symbol.subscribe"),
        ("Policies:see:Resources:0", "symbol:BTC-USD"),
        ("Policies:see:Effect", "Allow"),
        ("Policies:see:Groups:0", "user"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("symbols=", "symbols", "must be names of symbols, separated by commas")]
    [InlineData("symbols=BTC-USD,,ETH-USD", "symbols", "must be names of symbols, separated by commas")]
    [InlineData("detail=", "detail", "must be price or full")]
    [InlineData("detail=price&detail=full", "detail", "is there twice")]
    [InlineData("symbol=BTC-USD", "symbol", "is unknown: there are symbols, detail, interval, status, lastEventId")]
    [InlineData("interval=1m", "interval", "must be a whole number of milliseconds, from 0 to 60000")]
    [InlineData("interval=60001", "interval", "must be a whole number of milliseconds, from 0 to 60000")]
    [InlineData("interval=-1", "interval", "must be a whole number of milliseconds, from 0 to 60000")]
    [InlineData("interval=99999999999999999999", "interval", "must be a whole number of milliseconds, from 0 to 60000")]
    [InlineData("status=True", "status", "must be true or false")]
    public async Task A_wrong_parameter_is_named(string query, string parameter, string error)
    {
        var gateway = await SharedGateway.GetAsync();
        using var response = await gateway.SendAsync(HttpMethod.Get, $"{EventStreamClient.Path}?{query}", await gateway.GetTokenAsync());

        var problem = await ProblemAsync(response, HttpStatusCode.BadRequest, $"{parameter} {error}");
        Assert.Equal(error, problem.GetProperty("errors").GetProperty(parameter)[0].GetString());
    }

    [Fact]
    public async Task All_wrong_parameters_are_named_at_once()
    {
        var gateway = await SharedGateway.GetAsync();
        using var response = await gateway.SendAsync(
            HttpMethod.Get, $"{EventStreamClient.Path}?detail=some&status=1", await gateway.GetTokenAsync());

        await ProblemAsync(response, HttpStatusCode.BadRequest, "detail must be price or full; status must be true or false");
    }

    [Fact]
    public async Task Without_a_good_token_there_is_no_stream()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var none = await gateway.SendAsync(HttpMethod.Get, EventStreamClient.Path, null);
        using var forged = await gateway.SendAsync(HttpMethod.Get, EventStreamClient.Path, "forged");
        using var post = await gateway.SendAsync(HttpMethod.Post, EventStreamClient.Path, await gateway.GetTokenAsync());

        await ProblemAsync(none, HttpStatusCode.Unauthorized, "authentication required");
        await ProblemAsync(forged, HttpStatusCode.Unauthorized, "authentication required");
        await ProblemAsync(post, HttpStatusCode.MethodNotAllowed, "method not allowed");
        Assert.Equal("Bearer", none.Headers.WwwAuthenticate.ToString());
        Assert.Equal(["GET"], post.Content.Headers.Allow);
        await Eventually.TrueAsync(() => Limits(gateway) is { Sockets: 0, Handshakes: 0 }, "no places taken");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_in_the_query_opens_a_stream_where_it_opens_a_socket(bool isAllowed)
    {
        await using var gateway = await GatewayHost.StartAsync(("Tokens:AllowQuery", $"{isAllowed}"));
        var query = $"x-auth-token={await gateway.GetTokenAsync()}";
        if (isAllowed)
        {
            using var client = await EventStreamClient.OpenAsync(gateway.Address, null, query);
            Assert.Equal("welcome", (await client.ReceiveAsync())?.Name);
        }
        else
        {
            using var response = await gateway.SendAsync(HttpMethod.Get, $"{EventStreamClient.Path}?{query}", null);
            await ProblemAsync(response, HttpStatusCode.Unauthorized, "authentication required");
        }
    }

    [Fact]
    public async Task A_page_of_another_origin_has_to_be_listed()
    {
        await using var gateway = await GatewayHost.StartAsync(("Cors:Origins:0", "https://friend.example"));
        var token = await gateway.GetTokenAsync();

        using var stranger = await AskAsync("https://stranger.example");
        await ProblemAsync(stranger, HttpStatusCode.Forbidden, "origin not allowed");
        Assert.False(stranger.Headers.Contains("Access-Control-Allow-Origin"));
        using var friend = await AskAsync("https://friend.example");
        Assert.Equal(HttpStatusCode.OK, friend.StatusCode);
        Assert.Equal(["https://friend.example"], friend.Headers.GetValues("Access-Control-Allow-Origin"));

        async Task<HttpResponseMessage> AskAsync(string origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{EventStreamClient.Path}?x-auth-token={token}");
            request.Headers.Add("Origin", origin);
            return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        }
    }

    [Fact]
    public async Task Who_may_not_open_a_connection_opens_no_stream()
    {
        await using var gateway = await GatewayHost.StartAsync([.. OnlyBitcoin, ("Policies:open:Actions:0", "something.else")]);
        using var response = await gateway.SendAsync(HttpMethod.Get, EventStreamClient.Path, await gateway.GetTokenAsync());

        await ProblemAsync(response, HttpStatusCode.Forbidden, "forbidden");
        var line = await AuditFolder.WaitForAsync(gateway.AuditFolder, "connection.open", isAllowed: false);
        Assert.Equal("ticker", line.GetProperty("resource").GetString());
    }

    [Fact]
    public async Task Symbols_that_the_policies_deny_are_told_and_do_not_come()
    {
        await using var gateway = await GatewayHost.StartAsync(OnlyBitcoin);
        await Eventually.TrueAsync(() => gateway.HasMarket, "a market");
        var token = await gateway.GetTokenAsync();
        using var named = await EventStreamClient.OpenAsync(gateway.Address, token, "symbols=BTC-USD,ETH-USD");
        using var all = await EventStreamClient.OpenAsync(gateway.Address, token);

        Assert.Equal(
            """{"type":"error","code":"forbidden","message":"Not allowed to see ETH-USD.","symbols":["ETH-USD"]}""",
            (await named.ReceiveAsync("problem")).Data);
        foreach (var client in new[] { named, all })
        {
            var quote = Assert.Single((await client.ReceiveJsonAsync("ticker")).GetProperty("data").EnumerateArray());
            Assert.Equal("BTC-USD", quote.GetProperty("symbol").GetString());
        }

        var line = await AuditFolder.WaitForAsync(gateway.AuditFolder, "symbol.subscribe", isAllowed: false);
        Assert.Equal("symbol:ETH-USD", line.GetProperty("resource").GetString());
    }

    [Theory]
    [InlineData("Limits:Sockets", HttpStatusCode.ServiceUnavailable, "too many sockets")]
    [InlineData("Limits:SocketsPerAddress", HttpStatusCode.TooManyRequests, "too many sockets of this address")]
    [InlineData("Limits:SocketsPerUser", HttpStatusCode.TooManyRequests, "too many sockets of this user")]
    public async Task Streams_and_WebSockets_are_counted_together(string limit, HttpStatusCode status, string error)
    {
        await using var gateway = await GatewayHost.StartAsync((limit, "2"), ("Limits:Handshakes", "1"));
        var token = await gateway.GetTokenAsync();
        using var socket = await TickerClient.ConnectAsync(gateway.Address, token);
        await Eventually.TrueAsync(() => Limits(gateway).Handshakes == 0, "the socket is open");
        using (var stream = await EventStreamClient.OpenAsync(gateway.Address, token))
        {
            await Eventually.TrueAsync(() => Limits(gateway).Handshakes == 0, "the stream is open");
            using var refused = await gateway.SendAsync(HttpMethod.Get, EventStreamClient.Path, token);
            await ProblemAsync(refused, status, error);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        await Eventually.TrueAsync(() => Limits(gateway).Sockets == 1, "the place of the stream that has gone");
        using var next = await EventStreamClient.OpenAsync(gateway.Address, token);
        Assert.Equal("welcome", (await next.ReceiveAsync())?.Name);
    }

    [Fact]
    public async Task A_cluster_that_cannot_take_the_connection_is_a_problem()
    {
        var calls = new GrainCalls { Failing = "JoinAsync" };
        await using var gateway = await GatewayHost.StartAsync(calls.Install);
        using var response = await gateway.SendAsync(HttpMethod.Get, EventStreamClient.Path, await gateway.GetTokenAsync());

        await ProblemAsync(response, HttpStatusCode.InternalServerError, "failed to create handler");
    }

    private static WebSocketLimits Limits(GatewayHost gateway) => gateway.Services.GetRequiredService<WebSocketLimits>();

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, HttpStatusCode status, string detail)
    {
        Assert.Equal("application/problem+json", $"{response.Content.Headers.ContentType}");
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal((status, (int)status), (response.StatusCode, problem.GetProperty("status").GetInt32()));
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
        return problem;
    }
}
