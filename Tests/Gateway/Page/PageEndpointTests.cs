using System.Net;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Page;

public sealed class PageEndpointTests
{
    [Theory]
    [InlineData("GET", "/", 200, "text/html")]
    [InlineData("HEAD", "/", 200, "text/html")]
    [InlineData("GET", "/some/where", 200, "text/html")]
    [InlineData("GET", "/BTC-USD?interval=1m", 200, "text/html")]
    [InlineData("GET", "/coinbase:BTC-USD", 200, "text/html")]
    [InlineData("GET", "/BTC.B-USD", 200, "text/html")]
    [InlineData("GET", "/coinbase:BTC-USDT.E", 200, "text/html")]
    [InlineData("HEAD", "/BTC.B-USD", 200, "text/html")]
    [InlineData("GET", "/apple-touch-icon.png", 404, "application/json")]
    [InlineData("GET", "/some/BTC.B-USD", 404, "application/json")]
    [InlineData("GET", "/js/main.js", 200, "text/javascript")]
    [InlineData("GET", "/js/missing.js", 404, "application/json")]
    [InlineData("GET", "/auth/unknown", 404, "application/json")]
    [InlineData("GET", "/ws", 404, "application/json")]
    [InlineData("GET", "/api/v9/prices", 404, "application/problem+json")]
    [InlineData("GET", "/udf/unknown", 404, "application/json")]
    [InlineData("GET", "/admin/unknown.html", 404, "application/json")]
    [InlineData("GET", "/entry.json", 200, "application/json")]
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

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("identity", null)]
    public async Task Its_files_are_compressed_for_those_who_can_read_that(string accepted, string? encoding)
    {
        await using var gateway = await GatewayHost.StartAsync();
        foreach (var path in (string[])["/", "/BTC-USD", "/js/main.js", "/css/page.css"])
        {
            using var response = await GetAsync(gateway, path, accepted);

            Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
            Assert.NotNull(response.Headers.ETag);
        }
    }

    [Fact]
    public async Task A_file_that_the_browser_has_is_not_sent_again()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var first = await GetAsync(gateway, "/js/main.js", "br");
        using var again = await GetAsync(gateway, "/js/main.js", "br", first.Headers.ETag!.ToString());

        Assert.True(first.Headers.CacheControl!.NoCache);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task What_the_page_is_made_with_is_not_served()
    {
        await using var gateway = await GatewayHost.StartAsync();
        foreach (var path in (string[])["/package.json", "/package-lock.json", "/tsconfig.json", "/eslint.config.js", "/tests/format/format.test.js"])
        {
            using var response = await GetAsync(gateway, path, "identity");

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    private static async Task<HttpResponseMessage> GetAsync(GatewayHost gateway, string path, string accepted, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", accepted);
        if (known is not null)
        {
            request.Headers.Add("If-None-Match", known);
        }

        return await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
