using System.Net;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Page;

public sealed class PageEndpointTests
{
    [Theory]
    [InlineData("GET", "/", 200, "text/html")]
    [InlineData("HEAD", "/", 200, "text/html")]
    [InlineData("GET", "/some/where", 200, "text/html")]
    [InlineData("GET", "/js/main.js", 200, "text/javascript")]
    [InlineData("GET", "/js/missing.js", 404, "application/json")]
    [InlineData("GET", "/auth/unknown", 404, "application/json")]
    [InlineData("GET", "/ws", 404, "application/json")]
    [InlineData("GET", "/api/v9/prices", 404, "application/problem+json")]
    [InlineData("GET", "/udf/unknown", 404, "application/json")]
    [InlineData("GET", "/admin/unknown.html", 404, "application/json")]
    [InlineData("POST", "/", 404, null)]
    [InlineData("POST", "/some/where", 404, null)]
    public async Task A_browser_gets_the_page_and_a_program_gets_json(string method, string path, int status, string? type)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
    }
}
