using System.Net.WebSockets;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Http;

public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/some/where")]
    [InlineData("GET", "/js/main.js")]
    [InlineData("GET", "/js/missing.js")]
    [InlineData("POST", "/auth/token")]
    [InlineData("GET", "/auth/token")]
    public async Task Every_answer_tells_a_browser_to_do_no_more_with_it_than_the_page_needs(string method, string path)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var policy = Header("Content-Security-Policy");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.False(response.Headers.Contains("Server"));

        string Header(string name) => Assert.Single(response.Headers.GetValues(name));
    }

    [Fact]
    public async Task The_answer_that_opens_a_socket_says_no_more_than_it_must()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var client = await gateway.ConnectAsync();

        Assert.Equal(WebSocketState.Open, client.Socket.State);
        var headers = client.Socket.HttpResponseHeaders!.Keys.Order(StringComparer.OrdinalIgnoreCase);
        Assert.Equal(["Connection", "Date", "Sec-WebSocket-Accept", "Upgrade"], headers);
    }
}
