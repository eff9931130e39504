using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Limits;

/// <summary>How many WebSockets and connections there may be, with real ones.</summary>
public sealed class WebSocketLimitTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Limits:Sockets", HttpStatusCode.ServiceUnavailable, "too many sockets")]
    [InlineData("Limits:SocketsPerAddress", HttpStatusCode.TooManyRequests, "too many sockets of this address")]
    [InlineData("Limits:SocketsPerUser", HttpStatusCode.TooManyRequests, "too many sockets of this user")]
    public async Task A_socket_too_many_is_refused_until_another_is_closed(string limit, HttpStatusCode status, string error)
    {
        await using var gateway = await GatewayHost.StartAsync((limit, "2"));
        var token = await gateway.GetTokenAsync();
        using var one = await TickerClient.ConnectAsync(gateway.Address, token);
        using var two = await RawClient.ConnectAsync(gateway.Address, token);

        using var refused = await UpgradeAsync(gateway, token);
        Assert.Equal(status, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter?.Delta);
        Assert.Equal($$"""{"error":"{{error}}"}""", await refused.Content.ReadAsStringAsync(Stop));

        two.Cut(); // However it ends, its place is free.
        var limits = gateway.Services.GetRequiredService<WebSocketLimits>();
        await Eventually.TrueAsync(() => limits.Sockets == 1, "a place");
        using var three = await TickerClient.ConnectAsync(gateway.Address, token);
        await Eventually.TrueAsync(() => limits is { Sockets: 2, Handshakes: 0 }, "two open sockets");
    }

    [Fact]
    public async Task Requests_that_open_no_socket_take_no_place()
    {
        await using var gateway = await GatewayHost.StartAsync(("Limits:Sockets", "2"), ("Cors:Origins:0", "https://friend.example"));
        var token = await gateway.GetTokenAsync();
        for (var count = 0; count < 5; count++)
        {
            using var forged = await UpgradeAsync(gateway, "forged");
            Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
            using var stranger = await UpgradeAsync(gateway, null, request =>
            {
                request.Headers.Add("Cookie", $"x-auth-token={token}");
                request.Headers.Add("Origin", "https://elsewhere.example");
            });
            Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        }

        var limits = gateway.Services.GetRequiredService<WebSocketLimits>();
        await Eventually.TrueAsync(() => limits is { Sockets: 0, Handshakes: 0 }, "no places taken");
    }

    [Fact]
    public async Task Handshakes_in_flight_are_limited_and_open_sockets_are_none()
    {
        var calls = new HeldJoins();
        await using var gateway = await GatewayHost.StartAsync(
            builder => builder.Services.AddSingleton<IIncomingGrainCallFilter>(calls), ("Limits:Handshakes", "1"));
        var token = await gateway.GetTokenAsync();
        var first = TickerClient.ConnectAsync(gateway.Address, token);
        await calls.Arrived.Task.WaitAsync(TickerClient.Patience, TimeProvider.System, Stop);

        using var refused = await UpgradeAsync(gateway, token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("""{"error":"too many handshakes"}""", await refused.Content.ReadAsStringAsync(Stop));

        calls.Released.SetResult();
        using var one = await first;
        var limits = gateway.Services.GetRequiredService<WebSocketLimits>();
        await Eventually.TrueAsync(() => limits.Handshakes == 0, "the first is open");
        using var two = await TickerClient.ConnectAsync(gateway.Address, token);
        Assert.Equal("welcome", (await two.ReceiveAsync())!.Value.GetProperty("type").GetString());
    }

    [Fact]
    public async Task While_the_cluster_is_out_of_reach_nobody_keeps_a_place_who_has_been_answered_or_has_gone()
    {
        var cluster = new LostCluster();
        await using var gateway = await GatewayHost.StartAsync(
            builder => builder.Services.AddSingleton<IIncomingGrainCallFilter>(cluster), ("Limits:Handshakes", "1"));
        var token = await gateway.GetTokenAsync();
        var limits = gateway.Services.GetRequiredService<WebSocketLimits>();
        using var client = await TickerClient.ConnectAsync(gateway.Address, token);
        await client.ReceiveAsync("ticker");
        cluster.IsLost = true;

        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var failed = await UpgradeAsync(gateway, token);
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
            await Eventually.TrueAsync(() => limits is { Sockets: 1, Handshakes: 0 }, "the place of the socket that did not open");
        }

        client.Socket.Abort();
        await Eventually.TrueAsync(() => limits.Sockets == 0, "the place of the socket that has gone");
        cluster.Found.SetResult();
    }

    [Fact]
    public async Task An_address_may_have_only_so_many_connections_that_say_nothing()
    {
        await using var gateway = await GatewayHost.StartAsync(("Limits:ConnectionsPerAddress", "3"));
        using var one = await DialAsync(gateway, "127.0.0.9");
        using var two = await DialAsync(gateway, "127.0.0.9");
        using var three = await DialAsync(gateway, "127.0.0.9");
        await AnswersAsync(three); // All three are accepted: connections are accepted in order.

        Assert.True(await IsDroppedAsync(gateway, "127.0.0.9"));

        using var neighbour = await DialAsync(gateway, "127.0.0.10");
        await AnswersAsync(neighbour);
    }

    [Theory]
    [InlineData("Limits:IdleTimeout", "")]
    [InlineData("Limits:HeaderTimeout", "GET /ws/ticker HTTP/1.1\r\nHost: x\r\nAuthorization: Bea")]
    public async Task Who_connects_and_comes_to_no_request_is_cut_off(string limit, string said)
    {
        await using var gateway = await GatewayHost.StartAsync((limit, "00:00:01"));
        using var connection = await DialAsync(gateway, "127.0.0.1");
        await connection.SendAsync(Encoding.ASCII.GetBytes(said));

        // 408 where something was sent, nothing otherwise; the connection ends in either case.
        while (await ReadAsync(connection) > 0)
        {
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX-Long: {1200}\r\n\r\n", "431")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n", "431")]
    [InlineData("GET /{600} HTTP/1.1\r\nHost: x\r\n\r\n", "414")]
    [InlineData("POST /auth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n\r\n", "413")]
    public async Task Heads_and_bodies_that_are_too_long_are_refused_as_soon_as_that_shows(string request, string status)
    {
        await using var gateway = await GatewayHost.StartAsync(("Limits:HeaderBytes", "1024"), ("Limits:Headers", "16"), ("Limits:BodyBytes", "1024"));
        using var connection = await DialAsync(gateway, "127.0.0.1");
        await connection.SendAsync(Encoding.ASCII.GetBytes(request
            .Replace("{1200}", new string('x', 1200), StringComparison.Ordinal)
            .Replace("{600}", new string('x', 600), StringComparison.Ordinal)
            .Replace("{many}", string.Concat(Enumerable.Range(0, 20).Select(number => $"X-{number}: 1\r\n")), StringComparison.Ordinal)));

        var buffer = new byte[1024];
        var length = await connection.ReceiveAsync(buffer).WaitAsync(TickerClient.Patience, TimeProvider.System, Stop);
        Assert.StartsWith($"HTTP/1.1 {status} ", Encoding.ASCII.GetString(buffer, 0, length), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> UpgradeAsync(GatewayHost gateway, string? token, Action<HttpRequestMessage>? configure = null) =>
        gateway.SendAsync(HttpMethod.Get, "/ws/ticker", token, UpgradeRequests.AskForUpgrade + configure);

    private static async Task<Socket> DialAsync(GatewayHost gateway, string from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Address.Port, Stop);
        return socket;
    }

    /// <summary>Whether a connection is ended at once, which may show while it is still being made.</summary>
    private static async Task<bool> IsDroppedAsync(GatewayHost gateway, string from)
    {
        try
        {
            using var connection = await DialAsync(gateway, from);
            return await ReadAsync(connection) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task AnswersAsync(Socket connection)
    {
        await connection.SendAsync(Encoding.ASCII.GetBytes("GET /favicon.svg HTTP/1.1\r\nHost: x\r\n\r\n"));
        Assert.NotEqual(0, await ReadAsync(connection));
    }

    private static async Task<int> ReadAsync(Socket connection)
    {
        try
        {
            return await connection.ReceiveAsync(new byte[1024]).WaitAsync(TickerClient.Patience, TimeProvider.System, Stop);
        }
        catch (SocketException)
        {
            return 0; // A reset is an end as well.
        }
    }

    /// <summary>While the cluster is lost, fails joins, and holds other calls until it is found again.</summary>
    private sealed class LostCluster : IIncomingGrainCallFilter
    {
        public bool IsLost { get; set; }

        public TaskCompletionSource Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (IsLost && context.InterfaceMethod.DeclaringType == typeof(IConnectionGrain))
            {
                if (context.InterfaceMethod.Name == nameof(IConnectionGrain.JoinAsync))
                {
                    throw new InvalidOperationException("The cluster is lost because the test says so.");
                }

                await Found.Task;
            }

            await context.Invoke();
        }
    }

    /// <summary>Holds up joins, and so handshakes, until they are released.</summary>
    private sealed class HeldJoins : IIncomingGrainCallFilter
    {
        public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.InterfaceMethod.DeclaringType == typeof(IConnectionGrain) && context.InterfaceMethod.Name == nameof(IConnectionGrain.JoinAsync))
            {
                Arrived.TrySetResult();
                await Released.Task;
            }

            await context.Invoke();
        }
    }
}
