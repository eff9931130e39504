using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Api;

/// <summary>The gateway with the prices that a test says, and a token for its API.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly ScriptedSource _source;
    private string _token = "";

    private ApiHost(ScriptedSource source, GatewayHost gateway) => (_source, Gateway) = (source, gateway);

    public GatewayHost Gateway { get; }

    /// <summary>A policy with which users may read the market and see all symbols, and nothing else.</summary>
    public static (string, string?)[] Readers =>
    [
        ("Policies:readers:Effect", "Allow"),
        ("Policies:readers:Groups:0", "user"),
        ("Policies:readers:Actions:0", "market.read"),
        ("Policies:readers:Actions:1", "symbol.subscribe"),
        ("Policies:readers:Resources:0", "*"),
    ];

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts a gateway, and waits until it has the quotes.</summary>
    public static Task<ApiHost> StartAsync(Quote[] quotes, params (string Key, string? Value)[] settings) => StartAsync(null, quotes, settings);

    /// <summary>Starts a gateway, and waits until it has the quotes.</summary>
    public static async Task<ApiHost> StartAsync(Action<WebApplicationBuilder>? configure, Quote[] quotes, params (string Key, string? Value)[] settings)
    {
        var source = new ScriptedSource();
        var gateway = await GatewayHost.StartAsync(
            builder =>
            {
                source.Install(builder);
                configure?.Invoke(builder);
            },
            settings);
        var host = new ApiHost(source, gateway);
        foreach (var quote in quotes)
        {
            await host.SayAsync(quote);
        }

        host._token = await gateway.GetTokenAsync();
        return host;
    }

    /// <summary>A quote at a price.</summary>
    public static Quote Quote(string symbol, decimal price) => new(symbol, price, DateTimeOffset.FromUnixTimeSeconds(1_795_510_188));

    /// <summary>Says a price, and waits until the gateway has it.</summary>
    public async Task SayAsync(Quote quote)
    {
        _source.Say(quote);
        var market = Gateway.Services.GetRequiredService<IMarketFeed>();
        await Eventually.TrueAsync(
            () => market.Newest.TryGetPlace(quote.Symbol, out var place) && market.Newest[place].Quote == quote, $"{quote.Symbol} has its price");
    }

    /// <summary>Sends a request with the demo user's token.</summary>
    public Task<HttpResponseMessage> SendAsync(string path, Action<HttpRequestMessage>? configure = null) =>
        Gateway.SendAsync(HttpMethod.Get, path, _token, configure);

    /// <summary>The body of an answer with status 200.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await SendAsync(path);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync(Stop)}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        return await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    /// <summary>The text of an answer with status 200.</summary>
    public async Task<string> GetTextAsync(string path) => (await GetAsync(path)).GetRawText();

    /// <summary>The problem that a request is answered with.</summary>
    public async Task<JsonElement> GetProblemAsync(string path, HttpStatusCode status)
    {
        using var response = await SendAsync(path);
        return await ProblemOfAsync(response, status);
    }

    /// <summary>The problem that an answer holds.</summary>
    public static async Task<JsonElement> ProblemOfAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Equal("about:blank", problem.GetProperty("type").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        return problem;
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
