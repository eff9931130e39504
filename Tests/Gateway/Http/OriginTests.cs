using System.Net;
using System.Net.Http.Headers;
using OrleansTicker.Tests.Gateway.Tokens;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Http;

/// <summary>Which origins each endpoint that takes a cookie accepts, and what pages of listed origins may read.</summary>
public sealed class OriginTests(OriginGateway gateway) : IClassFixture<OriginGateway>
{
    private const string Friend = "https://xn--bcher-kva.example";

    private static readonly string[] Told = ["Allow", "ETag", "Link", "Location", "Retry-After", "WWW-Authenticate"];

    /// <summary>The number of client addresses in use: each check has its own, and so its own limits.</summary>
    private static int _clients;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ticker.example", "http", "http://ticker.example", true)]
    [InlineData("ticker.example:80", "http", "http://ticker.example", true)]
    [InlineData("ticker.example:80", "ws", "http://ticker.example", true)]
    [InlineData("ticker.example", "wss", "https://ticker.example", true)]
    [InlineData("ticker.example:443", "wss", "https://ticker.example", true)]
    [InlineData("ticker.example:443", "HTTPS", "https://ticker.example", true)]
    [InlineData("ticker.example:443", "https", "wss://ticker.example", true)]
    [InlineData("ticker.example", "http, wss", "https://ticker.example", true)] // The last hop's word counts.
    [InlineData("ticker.example", "wss, http", "https://ticker.example", false)]
    [InlineData("[::1]:443", "https", "https://[::1]", true)]
    [InlineData("ticker.example", "http", Friend, true)]
    [InlineData("ticker.example", "https", "http://ticker.example", false)]
    [InlineData("ticker.example:8443", "https", "https://ticker.example", false)]
    [InlineData("ticker.example", "https", "null", false)]
    public async Task The_own_and_listed_origins_pass_each_door_and_others_none(string host, string scheme, string origin, bool isAllowed)
    {
        Assert.Equal(isAllowed ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.Forbidden, await KnockAsync(HttpMethod.Get, "/ws/ticker"));
        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await KnockAsync(HttpMethod.Get, "/admin/keys"));
        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await KnockAsync(HttpMethod.Post, "/auth/revoke"));

        async Task<HttpStatusCode> KnockAsync(HttpMethod method, string path)
        {
            using var request = RequestFrom(origin, method, path);
            request.Headers.Host = host;
            request.Headers.Add("X-Forwarded-Proto", scheme);
            request.Headers.Add("Cookie", $"x-auth-token={gateway.Token}");
            request.Content = method == HttpMethod.Post ? TokenRequests.Form("none of this system's") : null;
            using var response = await gateway.Host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task What_an_answer_tells_in_headers_a_page_of_a_listed_origin_can_read()
    {
        await ReadAsync(HttpStatusCode.Unauthorized, HttpMethod.Get, "/ws/ticker", "WWW-Authenticate", "none");
        await ReadAsync(HttpStatusCode.TooManyRequests, HttpMethod.Get, "/ws/ticker", "Retry-After", "forged", "forged", "forged");
        await ReadAsync(HttpStatusCode.TooManyRequests, HttpMethod.Get, "/admin/keys", "Retry-After", "forged", "forged", "forged");
        await ReadAsync(HttpStatusCode.TooManyRequests, HttpMethod.Post, "/auth/token", "Retry-After", "none", "none", "none");
        await ReadAsync(HttpStatusCode.MethodNotAllowed, HttpMethod.Put, "/auth/token", "Allow", "none");

        async Task ReadAsync(HttpStatusCode status, HttpMethod method, string path, string header, params string[] tokens)
        {
            var client = Interlocked.Increment(ref _clients);
            for (var last = tokens.Length - 1; last >= 0; last--)
            {
                using var request = RequestFrom(Friend, method, path, client);
                request.Headers.Authorization = tokens[last] == "none" ? null : new AuthenticationHeaderValue("Bearer", tokens[last]);
                request.Content = method == HttpMethod.Post ? new StringContent("{}") : null;
                using var response = await gateway.Host.Http.SendAsync(request, Stop);
                if (last == 0)
                {
                    Assert.Equal(status, response.StatusCode);
                    Assert.Contains(header, response.Headers.Concat(response.Content.Headers).Select(told => told.Key));
                    Assert.Equal(Friend, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
                    Assert.Equal(Told, response.Headers.GetValues("Access-Control-Expose-Headers").SelectMany(value => value.Split(',')));
                }
            }
        }
    }

    [Fact]
    public async Task A_preflight_of_a_listed_origin_is_answered_and_one_of_another_is_not()
    {
        Assert.Equal([Friend], await AskAsync(Friend));
        Assert.Empty(await AskAsync("https://elsewhere.example"));

        async Task<IEnumerable<string>> AskAsync(string origin)
        {
            using var request = RequestFrom(origin, HttpMethod.Options, "/auth/token");
            request.Headers.Add("Access-Control-Request-Method", "POST");
            using var response = await gateway.Host.Http.SendAsync(request, Stop);
            return response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values : [];
        }
    }

    private static HttpRequestMessage RequestFrom(string origin, HttpMethod method, string path, int? client = null)
    {
        var number = client ?? Interlocked.Increment(ref _clients);
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("X-Forwarded-For", $"198.18.{number >> 8}.{number & 255}");
        if (path == "/ws/ticker")
        {
            UpgradeRequests.AskForUpgrade(request);
        }

        return request;
    }
}
