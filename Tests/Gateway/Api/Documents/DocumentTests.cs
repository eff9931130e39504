using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Api.Documents;

public sealed class DocumentTests
{
    private const string Path = "/openapi/v1.json";
    private static readonly string[] Roots = ["/api/", "/udf/", "/auth/"];

    [Fact]
    public async Task Anybody_may_read_the_document_and_keep_it_for_a_while()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var first = await gateway.SendAsync(HttpMethod.Get, Path, token: null);
        using var again = await gateway.SendAsync(HttpMethod.Get, Path, token: null, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        using var small = await gateway.SendAsync(HttpMethod.Get, Path, token: null, request => request.Headers.AcceptEncoding.ParseAdd("br"));
        using var posted = await gateway.SendAsync(HttpMethod.Post, Path, token: null);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (first.StatusCode, first.Content.Headers.ContentType?.ToString()));
        Assert.Equal((true, TimeSpan.FromMinutes(5)), (first.Headers.CacheControl?.Public, first.Headers.CacheControl?.MaxAge));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(["br"], small.Content.Headers.ContentEncoding);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
    }

    [Fact]
    public async Task Every_route_is_in_the_document_and_nothing_else()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var routes = gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => Roots.Any(root => route.RoutePattern.RawText!.StartsWith(root, StringComparison.Ordinal)))
            .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Select(method => $"{method} {route.RoutePattern.RawText}") ?? []);

        var api = await DescribedApi.ReadAsync(gateway);

        Assert.Equal(routes.Order(StringComparer.Ordinal), api.Operations.Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal));
        Assert.Contains(api.Operations, operation => operation.Path == "/api/v1/tickers/{symbol}");
    }

    [Fact]
    public async Task The_linter_finds_nothing_wrong()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var folder = new TemporaryFolder();
        var document = await gateway.Http.GetStringAsync(Path, ApiHost.Stop);
        await File.WriteAllTextAsync(folder["v1.json"], document, ApiHost.Stop);
        await File.WriteAllTextAsync(folder["wrong.json"], document.Replace("\"operationId\": \"listCandles\"", "\"operationId\": \"listFeeds\"", StringComparison.Ordinal), ApiHost.Stop);

        var (exitCode, output) = await Linter.RunAsync(folder["v1.json"]);
        var (exitCodeOfWrong, outputOfWrong) = await Linter.RunAsync(folder["wrong.json"]);

        Assert.True(exitCode == 0, output);
        Assert.True(exitCodeOfWrong == 1, outputOfWrong);
        Assert.Contains("listFeeds", outputOfWrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_parameter_and_each_body_has_an_example_as_its_schema_says()
    {
        await using var gateway = await GatewayHost.StartAsync();

        Assert.Empty((await DescribedApi.ReadAsync(gateway)).FindWrongExamples());
    }

    [Fact]
    public async Task Requests_as_in_the_examples_are_answered_as_the_document_says()
    {
        await using var api = await ApiHost.StartAsync(
            [ApiHost.Quote("BTC-USD", 42_000.125m), ApiHost.Quote("coinbase:BTC-USD", 42_000m)], [.. ApiHost.Readers, .. TokenPolicy]);
        var described = await DescribedApi.ReadAsync(api.Gateway);
        var token = await api.Gateway.GetTokenAsync();
        foreach (var operation in described.Operations)
        {
            // The key of the example is nobody's, and a client asks either for symbols or for an exchange.
            var status = operation.Id == "issueToken" ? 401 : 200;
            using var answer = await described.ExpectAsync(api.Gateway, operation, status, token, operation.CreateRequest(operation.Id == "listTickers" ? [("symbols", null)] : []));
        }

        using var named = await described.ExpectAsync(api.Gateway, described["listTickers"], 200, token, described["listTickers"].CreateRequest(("exchange", null)));
        using var issued = await described.ExpectAsync(api.Gateway, described["issueToken"], 200, null, WithBody(described["issueToken"], $$"""{"api_key":"{{api.Gateway.DemoApiKey}}"}"""));
        using var told = await described.ExpectAsync(api.Gateway, described["introspectToken"], 200, token, WithBody(described["introspectToken"], $$"""{"token":"{{token}}"}"""));
        using var ended = await described.ExpectAsync(
            api.Gateway, described["streamPrices"], 204, token, described["streamPrices"].CreateRequest(("Last-Event-ID", null), ("lastEventId", "end")));
    }

    /// <summary>Lets the demo user open streams, and describe tokens.</summary>
    private static IEnumerable<(string, string?)> TokenPolicy =>
    [
        ("Policies:tokens:Effect", "Allow"),
        ("Policies:tokens:Groups:0", "user"),
        ("Policies:tokens:Actions:0", "token.introspect"),
        ("Policies:tokens:Actions:1", "connection.open"),
        ("Policies:tokens:Resources:0", "*"),
    ];

    private static HttpRequestMessage WithBody(DescribedOperation operation, string body)
    {
        var request = operation.CreateRequest();
        request.Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
        return request;
    }
}
