using System.Net;
using System.Net.Http.Json;
using OrleansTicker.Tests.Gateway.Audit;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Limits;

/// <summary>Whom the gateway believes about the address of a client.</summary>
public sealed class ForwardingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "203.0.113.9", "127.0.0.1")]
    [InlineData("192.0.2.0/24", "203.0.113.9", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.0/8", "203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.0/8", "198.51.100.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.0/8", "198.51.100.1, 203.0.113.9, 127.0.0.7", "203.0.113.9")]
    [InlineData("127.0.0.0/8", "no address", "127.0.0.1")]
    [InlineData("127.0.0.0/8", "2001:db8::7", "2001:db8::7")]
    public async Task Only_the_word_of_a_configured_proxy_counts_and_only_for_the_next_one(string? proxy, string forwarded, string address)
    {
        await using var gateway = await GatewayHost.StartAsync(proxy is null ? [] : [("Forwarding:KnownProxies:0", proxy)]);
        await ExchangeAsync(gateway, forwarded);

        var line = await AuditFolder.WaitForAsync(gateway.AuditFolder, "token.issue", isAllowed: true);
        Assert.Equal(address, line.GetProperty("address").GetString());
    }

    [Fact]
    public async Task Behind_a_proxy_limits_are_those_of_the_clients()
    {
        await using var gateway = await GatewayHost.StartAsync(
            ("Forwarding:KnownProxies:0", "127.0.0.1"), ("Limits:ExchangesPerMinute", "1"), ("Limits:ConnectionsPerAddress", "1"));

        Assert.Equal(HttpStatusCode.OK, await ExchangeAsync(gateway, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ExchangeAsync(gateway, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.OK, await ExchangeAsync(gateway, "203.0.113.2"));
        Assert.Equal(HttpStatusCode.OK, await ExchangeAsync(gateway, "2001:db8::1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ExchangeAsync(gateway, "2001:db8::2"));

        using var two = new HttpClient();
        using var page = await two.GetAsync(gateway.Address, Stop); // Another connection of the proxy.
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("Forwarding:KnownProxies:0", "the balancer", "Forwarding:KnownProxies holds 'the balancer', which is no address")]
    [InlineData("Forwarding:KnownProxies:0", "balancer/8", "Forwarding:KnownProxies holds 'balancer/8', which begins with no address")]
    [InlineData("Forwarding:KnownProxies:0", "10.0.0.0/99", "Forwarding:KnownProxies holds '10.0.0.0/99', which has a prefix that is longer than its address")]
    [InlineData("Forwarding:KnownProxies:0", "10.0.0.0/255.0.0.0", "Forwarding:KnownProxies holds '10.0.0.0/255.0.0.0', which has a prefix that is no number of bits")]
    [InlineData("Forwarding:KnownProxies:0", "", "Forwarding:KnownProxies holds '', which is no address")]
    [InlineData("Forwarding:KnownProxies", "10.0.0.7", "Forwarding:KnownProxies is one text; it has to be a list")]
    public async Task A_proxy_that_is_no_address_stops_the_start_with_the_reason(string key, string value, string sentence)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => GatewayHost.StartAsync((key, value)));

        Assert.Contains(sentence, failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> ExchangeAsync(GatewayHost gateway, string forwarded)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/token") { Content = JsonContent.Create(new { api_key = gateway.DemoApiKey }) };
        request.Headers.Add("X-Forwarded-For", forwarded);
        using var response = await gateway.Http.SendAsync(request, Stop);
        return response.StatusCode;
    }
}
