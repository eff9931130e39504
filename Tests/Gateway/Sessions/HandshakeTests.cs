using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.Hosting.UpgradeRequests;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>Which requests get a socket, and what the others are told.</summary>
public sealed class HandshakeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("header")]
    [InlineData("subprotocol")]
    [InlineData("query")]
    [InlineData("cookie")]
    public async Task A_token_is_taken_from_wherever_a_client_can_put_it(string place)
    {
        var gateway = await SharedGateway.GetAsync();
        var token = await gateway.GetTokenAsync();

        using var client = await TickerClient.ConnectAsync(gateway.Address, options => Present(options, place, token), QueryOf(place, token));

        var welcome = await client.ReceiveAsync("welcome");
        Assert.Equal("user:demo", welcome.GetProperty("user_id").GetString());
        Assert.Equal(place == "subprotocol" ? "ticker.v1" : null, client.Socket.SubProtocol);
    }

    [Theory]
    [InlineData(null, "Bearer")]
    [InlineData("forged", "Bearer error=\"invalid_token\"")]
    public async Task Without_a_good_token_there_is_no_socket(string? token, string challenge)
    {
        var gateway = await SharedGateway.GetAsync();

        using var response = await gateway.SendAsync(HttpMethod.Get, "/ws/ticker", token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("""{"error":"authentication required"}""", await response.Content.ReadAsStringAsync(Stop));
        Assert.StartsWith(challenge, response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Another_method_than_get_is_refused(string method)
    {
        var gateway = await SharedGateway.GetAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/ws/ticker");

        using var response = await gateway.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET"], response.Content.Headers.Allow);
        Assert.Equal("""{"error":"method not allowed"}""", await response.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Without_an_upgrade_there_is_no_socket_and_nothing_is_left_behind()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.SendAsync(HttpMethod.Get, "/ws/ticker", await gateway.GetTokenAsync());

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Contains("websocket", response.Headers.Upgrade.ToString(), StringComparison.OrdinalIgnoreCase);
        var statistics = await gateway.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics(Stop);
        Assert.DoesNotContain(statistics, grain => grain.GrainType.Contains("ConnectionGrain", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/ws/ticker/")]
    [InlineData("/WS/Ticker")]
    [InlineData("/ws/%74icker/")]
    public async Task Every_spelling_of_the_path_that_routing_takes_opens_a_socket_that_counts(string path)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", $"Bearer {await gateway.GetTokenAsync()}");

        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.Address.Port}{path}"), Stop);

        Assert.Equal(1, gateway.Services.GetRequiredService<WebSocketLimits>().Sockets);
        Assert.DoesNotContain("Content-Security-Policy", socket.HttpResponseHeaders!.Keys);
    }

    [Theory]
    [InlineData("bearer.TOKEN")]
    [InlineData("bearer.TOKEN", "ticker.v2")]
    public async Task Who_offers_subprotocols_without_the_one_that_is_spoken_is_told_to_offer_it(params string[] offered)
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = await gateway.GetTokenAsync();

        using var response = await gateway.SendAsync(HttpMethod.Get, "/ws/ticker", null, request =>
        {
            AskForUpgrade(request);
            request.Headers.Add("Sec-WebSocket-Protocol", offered.Select(name => name.Replace("TOKEN", token, StringComparison.Ordinal)));
        });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("""{"error":"offer the subprotocol ticker.v1 beside the others"}""", await response.Content.ReadAsStringAsync(Stop));
        var statistics = await gateway.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics(Stop);
        Assert.DoesNotContain(statistics, grain => grain.GrainType.Contains("ConnectionGrain", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("subprotocol", HttpStatusCode.Forbidden)]
    [InlineData("query", HttpStatusCode.Forbidden)]
    [InlineData("cookie", HttpStatusCode.Forbidden)]
    [InlineData("header", HttpStatusCode.SwitchingProtocols)] // No page can set the header, and programs may send any origin.
    public async Task A_page_of_another_origin_gets_no_socket_wherever_a_page_can_put_a_token(string place, HttpStatusCode expected)
    {
        await using var gateway = await GatewayHost.StartAsync(("Cors:Origins:0", "https://friend.example"));
        var token = await gateway.GetTokenAsync();
        foreach (var (origin, status) in new[] { ("https://elsewhere.example", expected), ("https://friend.example", HttpStatusCode.SwitchingProtocols) })
        {
            using var socket = new ClientWebSocket();
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.SetRequestHeader("Origin", origin);
            Present(socket.Options, place, token);
            var url = new UriBuilder(gateway.Address) { Scheme = "ws", Path = "/ws/ticker", Query = QueryOf(place, token) }.Uri;

            await Record.ExceptionAsync(() => socket.ConnectAsync(url, Stop));

            Assert.Equal(status, socket.HttpStatusCode);
        }
    }

    [Fact]
    public async Task A_connection_lives_on_after_a_request_without_an_upgrade()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = await gateway.GetTokenAsync();
        var dialled = 0;
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, stop) =>
            {
                dialled++;
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = gateway.Address };

        for (var request = 0; request < 3; request++)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, "/ws/ticker") { Headers = { Authorization = new("Bearer", token) } };
            using var response = await http.SendAsync(message, Stop);
            Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        }

        Assert.Equal(1, dialled);
    }

    [Fact]
    public async Task What_policies_do_not_allow_is_forbidden()
    {
        await using var gateway = await GatewayHost.StartAsync(
            ("Policies:metrics_only:Actions:0", "metrics.read"),
            ("Policies:metrics_only:Resources:0", "*"),
            ("Policies:metrics_only:Effect", "Allow"),
            ("Policies:metrics_only:Groups:0", "user"));

        var error = await Assert.ThrowsAsync<WebSocketException>(() => gateway.ConnectAsync());

        Assert.Contains("403", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_connection_cannot_be_made_the_client_is_told()
    {
        var calls = new GrainCalls { Failing = nameof(IConnectionGrain.JoinAsync) };
        await using var gateway = await GatewayHost.StartAsync(calls.Install);
        var token = await gateway.GetTokenAsync();

        using var response = await gateway.SendAsync(HttpMethod.Get, "/ws/ticker", await gateway.GetTokenAsync(), AskForUpgrade);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("""{"error":"failed to create handler"}""", await response.Content.ReadAsStringAsync(Stop));
    }

    [Theory]
    [InlineData("/auth/token", "POST")]
    [InlineData("/ws/ticker", "GET")]
    public async Task A_preflight_is_answered_with_204(string path, string method)
    {
        var gateway = await SharedGateway.GetAsync();
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", "https://anywhere.example");
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "content-type,authorization");

        using var response = await gateway.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    private static void Present(ClientWebSocketOptions options, string place, string token)
    {
        switch (place)
        {
            case "header":
                options.SetRequestHeader("Authorization", $"Bearer {token}");
                break;
            case "subprotocol":
                options.AddSubProtocol("ticker.v1");
                options.AddSubProtocol($"bearer.{token}");
                break;
            case "cookie":
                options.SetRequestHeader("Cookie", $"x-auth-token={token}");
                break;
        }
    }

    private static string QueryOf(string place, string token) => place == "query" ? $"x-auth-token={token}" : "";
}
