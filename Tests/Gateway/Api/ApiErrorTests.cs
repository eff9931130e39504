using System.Net;
using OrleansTicker.Tests.Gateway.Audit;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Api;

public sealed class ApiErrorTests
{
    [Theory]
    [InlineData("/api/v1/candles", "symbol", "is missing")]
    [InlineData("/api/v1/candles?symbol=BTC-USD", "interval", "must be one of 1s, 1m, 5m, 15m, 1h, 4h, 1d")]
    [InlineData("/api/v1/candles?symbol=BTC-USD&interval=2m", "interval", "must be one of 1s, 1m, 5m, 15m, 1h, 4h, 1d")]
    [InlineData("/api/v1/candles?symbol=BTC-USD&interval=1m&from=yesterday", "from", "must be a time: Unix seconds, or ISO 8601 with a zone, such as 2026-01-31T12:00:00Z")]
    [InlineData("/api/v1/candles?symbol=BTC-USD&interval=1m&from=20261126", "from", "is before the year 2000 in Unix seconds: write a date with hyphens, such as 2026-01-31")]
    [InlineData("/api/v1/candles.csv?symbol=BTC-USD&interval=1m&to=2026", "to", "is before the year 2000 in Unix seconds: write a date with hyphens, such as 2026-01-31")]
    [InlineData("/api/v1/candles?symbol=BTC-USD&interval=1m&from=1795510188&to=0", "to", "must be later than from")]
    [InlineData("/api/v1/candles?symbol=BTC-USD&interval=1m&limit=0", "limit", "must be a whole number from 1 to 5000")]
    [InlineData("/api/v1/candles?symbol=BTC-USD&interval=1m&limit=5001", "limit", "must be a whole number from 1 to 5000")]
    [InlineData("/api/v1/candles?symbol=BTC-USD&interval=1m&cursor=x", "cursor", "must be the next_cursor of an answer for the same symbol, interval, from and to")]
    [InlineData("/api/v1/candles?symbol=BTC-USD&interval=1m&form=10", "form", "is unknown: there are symbol, interval, from, to, limit, cursor")]
    [InlineData("/api/v1/candles?symbol=BTC-USD&symbol=ETH-USD&interval=1m", "symbol", "is there twice")]
    [InlineData("/api/v1/tickers?symbol=BTC-USD", "symbol", "is unknown: there are symbols, exchange")]
    [InlineData("/api/v1/tickers?symbols=BTC-USD&exchange=coinbase", "exchange", "can't be combined with symbols: name the symbols with their exchange")]
    [InlineData("/api/v1/tickers?symbols=,", "symbols", "must be names of symbols, separated by commas")]
    [InlineData("/api/v1/time?x=1", "x", "is unknown: there are no parameters here")]
    public async Task A_wrong_parameter_is_named(string path, string parameter, string error)
    {
        var gateway = await SharedGateway.GetAsync();
        using var response = await gateway.SendAsync(HttpMethod.Get, path, await gateway.GetTokenAsync());

        var problem = await ApiHost.ProblemOfAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal(error, Assert.Single(problem.GetProperty("errors").GetProperty(parameter).EnumerateArray()).GetString());
        Assert.Contains($"{parameter} {error}", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("Bad Request", problem.GetProperty("title").GetString());
    }

    [Fact]
    public async Task All_wrong_parameters_are_named_at_once()
    {
        await using var api = await ApiHost.StartAsync([]);

        var problem = await api.GetProblemAsync("/api/v1/candles?interval=x&from=y&limit=z", HttpStatusCode.BadRequest);

        Assert.Equal(["from", "interval", "limit", "symbol"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Who_has_no_token_is_told_so_and_one_in_the_query_is_none()
    {
        await using var api = await ApiHost.StartAsync([]);
        using var none = await api.Gateway.SendAsync(HttpMethod.Get, "/api/v1/time", token: null);
        using var forged = await api.Gateway.SendAsync(HttpMethod.Get, "/api/v1/time", "forged");
        using var inQuery = await api.Gateway.SendAsync(HttpMethod.Get, $"/api/v1/time?x-auth-token={await api.Gateway.GetTokenAsync()}", token: null);

        Assert.Equal("authentication required", (await ApiHost.ProblemOfAsync(none, HttpStatusCode.Unauthorized)).GetProperty("detail").GetString());
        Assert.Equal("Bearer", none.Headers.WwwAuthenticate.ToString());
        await ApiHost.ProblemOfAsync(forged, HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer error=\"invalid_token\"", forged.Headers.WwwAuthenticate.ToString());
        await ApiHost.ProblemOfAsync(inQuery, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_may_not_read_the_market_is_told_so_and_it_is_recorded_and_reads_are_not()
    {
        var settings = ApiHost.Readers;
        settings[2] = ("Policies:readers:Actions:0", "connection.open");
        await using var api = await ApiHost.StartAsync([], settings);

        var problem = await api.GetProblemAsync("/api/v1/time", HttpStatusCode.Forbidden);

        Assert.Equal("forbidden", problem.GetProperty("detail").GetString());
        var denial = await AuditFolder.WaitForAsync(api.Gateway.AuditFolder, "market.read", isAllowed: false);
        Assert.Equal("market", denial.GetProperty("resource").GetString());

        await using var other = await ApiHost.StartAsync([], ApiHost.Readers);
        await other.GetAsync("/api/v1/time");
        await other.Gateway.StopAsync();
        Assert.DoesNotContain(AuditFolder.Read(other.Gateway.AuditFolder), line => line.GetProperty("action").GetString() == "market.read");
    }

    [Theory]
    [InlineData("GET", "/api", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/tickers/a/b", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/v1/tickers", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/api/v1/tickers/BTC-USD", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "/api/v1/candles", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_not_there_is_a_problem_too(string method, string path, HttpStatusCode status)
    {
        await using var api = await ApiHost.StartAsync([]);

        using var response = await api.Gateway.SendAsync(new HttpMethod(method), path, await api.Gateway.GetTokenAsync());

        await ApiHost.ProblemOfAsync(response, status);
        Assert.Equal(status == HttpStatusCode.MethodNotAllowed ? ["GET", "HEAD"] : [], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/api/v1/symbols", HttpStatusCode.OK)]
    [InlineData("/api/v1/tickers/BTC-USD", HttpStatusCode.OK)]
    [InlineData("/api/v1/tickers/NONE", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/candles?symbol=BTC-USD&interval=1m&to=0", HttpStatusCode.OK)]
    [InlineData("/api/v1/candles.csv?symbol=BTC-USD&interval=1m&to=0", HttpStatusCode.OK)]
    [InlineData("/udf/config", HttpStatusCode.OK)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    [InlineData("/api/v1/stream", HttpStatusCode.MethodNotAllowed)]
    public async Task HEAD_is_answered_like_GET_without_a_body(string path, HttpStatusCode status)
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote("BTC-USD", 1m)]);
        using var whole = await api.Gateway.SendAsync(path.EndsWith("stream", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path, await api.Gateway.GetTokenAsync());

        using var head = await api.Gateway.SendAsync(HttpMethod.Head, path, await api.Gateway.GetTokenAsync());

        Assert.Equal((status, status), (whole.StatusCode, head.StatusCode));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(ApiHost.Stop));
        Assert.Equal((whole.Headers.ETag, whole.Content.Headers.ContentType), (head.Headers.ETag, head.Content.Headers.ContentType));
        Assert.Equal(whole.Content.Headers.ContentDisposition, head.Content.Headers.ContentDisposition);
        Assert.Equal(LengthOf(whole), LengthOf(head));

        // As it was sent: without it, the client gives that of the body that it has read.
        static string LengthOf(HttpResponseMessage response) =>
            response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var length) ? length.ToString() : "";
    }

    [Fact]
    public async Task A_fault_is_a_problem_without_details()
    {
        await using var api = await ApiHost.StartAsync(FailingAuthorization.Install, [ApiHost.Quote("BTC-USD", 1m)]);

        var problem = await api.GetProblemAsync("/api/v1/tickers", HttpStatusCode.InternalServerError);

        Assert.Equal("internal error", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task The_other_routes_keep_their_errors()
    {
        await using var api = await ApiHost.StartAsync([]);

        using var response = await api.Gateway.SendAsync(HttpMethod.Get, "/admin/nothing", token: null);

        Assert.Equal("""{"error":"not found"}""", await response.Content.ReadAsStringAsync(ApiHost.Stop));
    }

    [Fact]
    public async Task Requests_of_an_address_and_of_a_user_are_limited()
    {
        await using var byAddress = await ApiHost.StartAsync([], ("Limits:ReadsPerMinute", "2"));
        await using var byUser = await ApiHost.StartAsync([], ("Limits:ReadsPerMinutePerUser", "2"));
        foreach (var api in new[] { byAddress, byUser })
        {
            await api.GetAsync("/api/v1/time");
            await api.GetAsync("/api/v1/time");

            using var refused = await api.SendAsync("/api/v1/time");

            Assert.Equal("too many requests", (await ApiHost.ProblemOfAsync(refused, HttpStatusCode.TooManyRequests)).GetProperty("detail").GetString());
            Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        }
    }
}
