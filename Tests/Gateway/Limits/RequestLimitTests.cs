using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Tests.Gateway.Audit;
using OrleansTicker.Tests.Gateway.Tokens;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Limits;

/// <summary>How often a client may ask for a token, and fail, over HTTP. Only the tests move the gateways' clocks.</summary>
public sealed class RequestLimitTests
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_exchanges_of_an_address_are_limited_and_those_of_others_are_not()
    {
        await using var gateway = await StartAsync(("Limits:ExchangesPerMinute", "3"));
        for (var count = 0; count < 3; count++)
        {
            Assert.Equal(HttpStatusCode.OK, await ExchangeAsync(gateway, gateway.DemoApiKey));
        }

        using var refused = await PostAsync(gateway.Http, gateway.DemoApiKey);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(20), refused.Headers.RetryAfter?.Delta);
        Assert.Equal("""{"error":"too many requests"}""", await refused.Content.ReadAsStringAsync(Stop));

        using var neighbour = ClientAt(gateway, "127.0.0.2");
        using var other = await PostAsync(neighbour, gateway.DemoApiKey);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(HttpStatusCode.OK, await ExchangeAsync(gateway, gateway.DemoApiKey));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ExchangeAsync(gateway, gateway.DemoApiKey));
    }

    [Fact]
    public async Task Token_exchanges_of_a_key_are_limited_from_whatever_address_they_come()
    {
        await using var gateway = await StartAsync(("Limits:ExchangesPerMinutePerKey", "2"));
        using var one = ClientAt(gateway, "127.0.0.2");
        using var two = ClientAt(gateway, "127.0.0.3");
        using var three = ClientAt(gateway, "127.0.0.4");

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(one, gateway.DemoApiKey)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(two, gateway.DemoApiKey)).StatusCode);
        using var refused = await PostAsync(three, gateway.DemoApiKey);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(three, ApiKeyFormat.Create())).StatusCode);
    }

    [Fact]
    public async Task Who_has_guessed_keys_too_often_is_not_let_guess_on_even_where_he_is_right()
    {
        await using var gateway = await StartAsync(("Limits:FailuresPerMinute", "2"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(gateway, ApiKeyFormat.Create()));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(gateway, "no key at all"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ExchangeAsync(gateway, ApiKeyFormat.Create()));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ExchangeAsync(gateway, gateway.DemoApiKey));

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, await ExchangeAsync(gateway, gateway.DemoApiKey));
    }

    [Fact]
    public async Task Who_has_forged_tokens_too_often_is_told_to_wait_and_a_good_token_from_there_still_counts()
    {
        await using var gateway = await StartAsync(("Limits:FailuresPerMinute", "3"));
        var token = await gateway.GetTokenAsync();

        var answers = new List<HttpStatusCode>();
        for (var count = 0; count < 5; count++)
        {
            answers.Add(await gateway.TryAsync($"forged{count}"));
        }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], answers);
        Assert.Equal(HttpStatusCode.UpgradeRequired, await gateway.TryAsync(token));

        await Eventually.TrueAsync(() => AuditFolder.Read(gateway.AuditFolder).Count(line => line.GetProperty("action").GetString() == "authenticate") >= 4, "audit");
        await gateway.StopAsync();
        var failures = AuditFolder.Read(gateway.AuditFolder).Where(line => line.GetProperty("action").GetString() == "authenticate").ToList();
        Assert.Equal(4, failures.Count); // Three, and one for all those beyond the limit.
        Assert.All(failures, line => Assert.Equal("127.0.0.1", line.GetProperty("address").GetString()));
        Assert.Equal("too many failures", failures[^1].GetProperty("detail").GetString());
        Assert.DoesNotContain("forged", string.Join('\n', failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Development_one_machine_may_do_what_a_load_test_needs()
    {
        await using var gateway = await GatewayHost.StartAsync();
        for (var count = 0; count < 300; count++)
        {
            Assert.Equal(HttpStatusCode.OK, await ExchangeAsync(gateway, gateway.DemoApiKey));
        }
    }

    private Task<GatewayHost> StartAsync(params (string Key, string? Value)[] settings) =>
        GatewayHost.StartAsync(Use, settings);

    private void Use(WebApplicationBuilder builder) => builder.Services.AddKeyedSingleton<TimeProvider>(AuthenticationLimits.Clock, _time);

    private static async Task<HttpStatusCode> ExchangeAsync(GatewayHost gateway, string apiKey)
    {
        using var response = await PostAsync(gateway.Http, apiKey);
        return response.StatusCode;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string apiKey) =>
        client.PostAsJsonAsync("/auth/token", new { api_key = apiKey }, Stop);

    /// <summary>A client with its own address: all of 127.0.0.0/8 is this machine.</summary>
    private static HttpClient ClientAt(GatewayHost gateway, string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = gateway.Address,
    };
}
