using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Api.Symbols;

public sealed class SymbolEndpointTests
{
    [Fact]
    public async Task Symbols_are_listed_by_name_with_what_their_names_tell()
    {
        await using var api = await ApiHost.StartAsync(
            [ApiHost.Quote("ETH-USD", 2500.50m), ApiHost.Quote("coinbase:BTC-USD", 42_000.125m), ApiHost.Quote("BTC-USD", 42_000m), ApiHost.Quote("INDEX", 1.5m)]);

        Assert.Equal(
            """{"symbols":[{"symbol":"BTC-USD","base":"BTC","quote":"USD","price_digits":0},{"symbol":"ETH-USD","base":"ETH","quote":"USD","price_digits":1},{"symbol":"INDEX","price_digits":1},{"symbol":"coinbase:BTC-USD","base":"BTC","quote":"USD","exchange":"coinbase","price_digits":3}]}""",
            await api.GetTextAsync("/api/v1/symbols"));
        Assert.Equal(
            """{"symbols":[{"symbol":"coinbase:BTC-USD","base":"BTC","quote":"USD","exchange":"coinbase","price_digits":3}]}""",
            await api.GetTextAsync("/api/v1/symbols?exchange=CoinBase"));
    }

    [Theory]
    [InlineData("/api/v1/symbols")]
    [InlineData("/api/v1/tickers")]
    public async Task An_exchange_that_is_not_there_is_refused_with_those_that_are(string path)
    {
        await using var api = await ApiHost.StartAsync(
            [ApiHost.Quote("BTC-USD", 1m), ApiHost.Quote("kraken:DOGE-USD", 1m), ApiHost.Quote("coinbase:BTC-USD", 1m), ApiHost.Quote("okx:BTC-USD", 1m)],
            [.. ApiHost.Readers, .. NoDoge[..^1], ("Policies:no_doge:Resources:0", "symbol:kraken:*")]);
        await using var plain = await ApiHost.StartAsync([ApiHost.Quote("BTC-USD", 1m)]);

        Assert.Equal("must be one of coinbase, okx", ErrorOf(await api.GetProblemAsync($"{path}?exchange=kraken", HttpStatusCode.BadRequest)));
        Assert.Equal("is unknown: the prices are not of single exchanges", ErrorOf(await plain.GetProblemAsync($"{path}?exchange=coinbase", HttpStatusCode.BadRequest)));

        static string? ErrorOf(JsonElement problem) => problem.GetProperty("errors").GetProperty("exchange")[0].GetString();
    }

    [Fact]
    public async Task What_could_be_seen_of_an_earlier_market_is_forgotten()
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote("BTC-USD", 42_000m)]);
        await api.GetAsync("/api/v1/symbols");

        await api.SayAsync(ApiHost.Quote("ETH-USD", 2500m));
        await api.GetAsync("/api/v1/symbols");

        Assert.Equal(1, api.Gateway.Services.GetRequiredService<VisibleSymbols>().Sets);
    }

    [Fact]
    public async Task Before_there_are_prices_the_answer_is_not_an_empty_list()
    {
        await using var api = await ApiHost.StartAsync([]);

        using var response = await api.SendAsync("/api/v1/symbols");

        var problem = await ApiHost.ProblemOfAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.Equal("no prices yet", problem.GetProperty("detail").GetString());
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task What_the_policies_hide_is_left_out_and_answers_like_what_does_not_exist()
    {
        await using var api = await ApiHost.StartAsync(
            [ApiHost.Quote("BTC-USD", 42_000m), ApiHost.Quote("DOGE-USD", 0.1m), ApiHost.Quote("coinbase:BTC-USD", 42_000m)], [.. ApiHost.Readers, .. NoDoge]);

        Assert.DoesNotContain("DOGE", await api.GetTextAsync("/api/v1/symbols"), StringComparison.Ordinal);
        Assert.DoesNotContain("DOGE", await api.GetTextAsync("/api/v1/tickers"), StringComparison.Ordinal);
        foreach (var path in new[] { "/api/v1/tickers/{0}", "/api/v1/tickers?symbols=BTC-USD,{0}", "/api/v1/candles?interval=1m&symbol={0}" })
        {
            var hidden = await api.GetProblemAsync(string.Format(null, path, "DOGE-USD"), HttpStatusCode.NotFound);
            var missing = await api.GetProblemAsync(string.Format(null, path, "NONE-USD"), HttpStatusCode.NotFound);
            Assert.Equal("no such symbol", hidden.GetProperty("detail").GetString());
            Assert.Equal(missing.GetRawText().Replace("NONE", "DOGE", StringComparison.Ordinal), hidden.GetRawText());
        }
    }

    [Fact]
    public async Task A_changed_policy_counts_within_a_second()
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote("BTC-USD", 42_000m), ApiHost.Quote("DOGE-USD", 0.1m)], [.. ApiHost.Readers, .. NoDoge]);
        Assert.DoesNotContain("DOGE", await api.GetTextAsync("/api/v1/tickers"), StringComparison.Ordinal);

        var configuration = (IConfigurationRoot)api.Gateway.Services.GetRequiredService<IConfiguration>();
        configuration["Policies:no_doge:Resources:0"] = "symbol:BTC-USD";
        configuration.Reload();

        await Eventually.TrueAsync(
            async () => await api.GetTextAsync("/api/v1/tickers") is var text && text.Contains("DOGE", StringComparison.Ordinal) && !text.Contains("BTC", StringComparison.Ordinal),
            "the other symbol is hidden");
    }

    private static (string, string?)[] NoDoge =>
    [
        ("Policies:no_doge:Effect", "Deny"),
        ("Policies:no_doge:Groups:0", "user"),
        ("Policies:no_doge:Actions:0", "symbol.subscribe"),
        ("Policies:no_doge:Resources:0", "symbol:DOGE-*"),
    ];
}
