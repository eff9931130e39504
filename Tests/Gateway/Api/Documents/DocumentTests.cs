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
        using var again = await gateway.SendAsync(HttpMethod.Get, Path, null, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        using var small = await gateway.SendAsync(HttpMethod.Get, Path, null, request => request.Headers.AcceptEncoding.ParseAdd("br"));
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
            .SelectMany(route => MethodsOf(route).Select(method => $"{method} {route.RoutePattern.RawText}"));

        var api = await DescribedApi.ReadAsync(gateway);

        var described = api.Operations.Select(operation => $"{operation.Method} {operation.Path}");
        Assert.Equal(routes.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        Assert.Contains(api.Operations, operation => operation.Path == "/api/v1/tickers/{symbol}");

        static IEnumerable<string> MethodsOf(RouteEndpoint route) => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Where(method => method != "HEAD");
    }

    [Fact]
    public async Task The_linter_finds_nothing_wrong()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var folder = new TemporaryFolder();
        var document = await gateway.Http.GetStringAsync(Path, ApiHost.Stop);
        var wrong = document.Replace("\"operationId\": \"listCandles\"", "\"operationId\": \"listFeeds\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder["v1.json"], document, ApiHost.Stop);
        await File.WriteAllTextAsync(folder["wrong.json"], wrong, ApiHost.Stop);

        var (exitCode, output) = await Linter.RunAsync(folder["v1.json"]);
        var (exitCodeOfWrong, outputOfWrong) = await Linter.RunAsync(folder["wrong.json"]);

        Assert.True(exitCode == 0, output);
        Assert.True(exitCodeOfWrong == 1, outputOfWrong);
        Assert.Contains("listFeeds", outputOfWrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_required_parameter_and_each_body_has_an_example_as_its_schema_says()
    {
        await using var gateway = await GatewayHost.StartAsync();

        Assert.Empty((await DescribedApi.ReadAsync(gateway)).FindWrongExamples());
    }

    [Fact]
    public async Task Requests_as_in_the_examples_are_answered_as_the_document_says()
    {
        await using var api = await ApiHost.StartAsync(
            [ApiHost.Quote("BTC-USD", 42_000.125m), ApiHost.Quote("ETH-USD", 2_500m), ApiHost.Quote("coinbase:BTC-USD", 42_000m)], [.. ApiHost.Readers, .. TokenPolicy]);
        var described = await DescribedApi.ReadAsync(api.Gateway);
        var token = await api.Gateway.GetTokenAsync();
        foreach (var operation in described.Operations)
        {
            // The key of the example is nobody's.
            using var answer = await described.ExpectAsync(api.Gateway, operation, operation.Id == "issueToken" ? 401 : 200, token, operation.CreateRequest());
        }

        await ExpectAsync(200, "listTickers", operation => operation.CreateRequest(("symbols", null), ("exchange", "coinbase")));
        await ExpectAsync(200, "issueToken", operation => WithBody(operation, $$"""{"api_key":"{{api.Gateway.DemoApiKey}}"}"""));
        await ExpectAsync(200, "introspectToken", operation => WithBody(operation, $$"""{"token":"{{token}}"}"""));
        await ExpectAsync(204, "streamPrices", operation => operation.CreateRequest(("Last-Event-ID", null), ("lastEventId", "end")));

        async Task ExpectAsync(int status, string id, Func<DescribedOperation, HttpRequestMessage> create)
        {
            using var answer = await described.ExpectAsync(api.Gateway, described[id], status, token, create(described[id]));
        }
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
