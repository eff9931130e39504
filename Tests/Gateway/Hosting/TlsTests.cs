using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Direct;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Hosting;

/// <summary>A gateway that speaks TLS by Kestrel's own configuration, with a certificate made here.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestCertificate _certificate = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_token_and_a_session_go_over_TLS(string version)
    {
        await using var gateway = await StartAsync();
        using var invoker = new HttpMessageInvoker(Handler());
        using var http = new HttpClient(Handler()) { BaseAddress = gateway.Address };
        using var response = await http.PostAsJsonAsync("/auth/token", new { api_key = gateway.DemoApiKey }, Stop);
        var token = (await response.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("token").GetString();

        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        socket.Options.HttpVersion = Version.Parse(version);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await socket.ConnectAsync(new UriBuilder(gateway.Address) { Scheme = "wss", Path = "/ws/ticker" }.Uri, invoker, Stop);

        Assert.Equal("welcome", (await ReceiveAsync(socket)).GetProperty("type").GetString());
        Assert.Equal(0, (await ReceiveAsync(socket)).GetProperty("prev_seq").GetInt64());
        for (var count = 0; count < 100; count++)
        {
            Assert.Equal("ticker", (await ReceiveAsync(socket)).GetProperty("type").GetString());
        }

        await socket.SendAsync("""{"type":"ping"}"""u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Stop);
        while ((await ReceiveAsync(socket)).GetProperty("type").GetString() != "pong")
        {
        }
    }

    [Fact]
    public async Task Outside_Development_browsers_are_told_to_stay_with_TLS_and_pages_of_others_get_no_socket()
    {
        await using var gateway = await StartAsync(
            ("environment", "Production"), ("Tokens:Key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        using var http = new HttpClient(Handler()) { BaseAddress = gateway.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "ticker.example" } }; // Not localhost, which is exempt.

        using var page = await http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.StartsWith("max-age=", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/auth/token");
        preflight.Headers.Add("Origin", "https://elsewhere.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        using var answer = await http.SendAsync(preflight, Stop);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Behind_a_proxy_that_ends_TLS_sessions_write_to_their_sockets_themselves()
    {
        Assert.SkipUnless(KernelSend.IsSupported, "Only on Linux does a session tell its socket.");
        await using var gateway = await GatewayHost.StartAsync(("Forwarding:KnownProxies:0", "127.0.0.1"));
        var token = await gateway.GetTokenAsync();
        using var client = await TickerClient.ConnectAsync(gateway.Address, options =>
        {
            options.SetRequestHeader("Authorization", $"Bearer {token}");
            options.SetRequestHeader("X-Forwarded-Proto", "https");
        });
        await client.ReceiveAsync("ticker");

        var session = SessionIn(gateway);
        await Eventually.TrueAsync(() => session.DirectSend.Socket is not null, "a session that writes to its socket itself");
    }

    [Fact]
    public async Task A_TLS_listener_behind_a_proxy_that_says_http_sends_nothing_past_TLS()
    {
        await using var gateway = await StartAsync(("Forwarding:KnownProxies:0", "127.0.0.1"));
        using var http = new HttpClient(Handler()) { BaseAddress = gateway.Address };
        using var invoker = new HttpMessageInvoker(Handler());
        using var response = await http.PostAsJsonAsync("/auth/token", new { api_key = gateway.DemoApiKey }, Stop);
        var token = (await response.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("token").GetString();

        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        socket.Options.SetRequestHeader("X-Forwarded-Proto", "http");
        await socket.ConnectAsync(new UriBuilder(gateway.Address) { Scheme = "wss", Path = "/ws/ticker" }.Uri, invoker, Stop);

        Assert.Equal("welcome", (await ReceiveAsync(socket)).GetProperty("type").GetString());
        for (var count = 0; count < 20; count++)
        {
            Assert.Equal("ticker", (await ReceiveAsync(socket)).GetProperty("type").GetString());
        }

        Assert.Null(SessionIn(gateway).DirectSend.Socket);
    }

    public void Dispose() => _certificate.Dispose();

    private Task<GatewayHost> StartAsync(params (string Key, string? Value)[] settings) => GatewayHost.StartAsync([.. _certificate.Settings, .. settings]);

    /// <summary>Trusts this certificate and no other.</summary>
    private SocketsHttpHandler Handler() => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, presented, _, _) => _certificate.Is(presented),
        },
    };

    private static Session SessionIn(GatewayHost gateway) =>
        Assert.Single(gateway.Services.GetRequiredService<SessionRegistry>().Find(SessionSelector.All)).Session;

    private static async Task<JsonElement> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[64 << 10];
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), Stop);
            length += read.Count;
            if (read.EndOfMessage)
            {
                using var document = JsonDocument.Parse(buffer.AsMemory(0, length));
                return document.RootElement.Clone();
            }
        }
    }
}
