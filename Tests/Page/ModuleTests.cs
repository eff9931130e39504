using System.Text.Json;

namespace OrleansTicker.Tests.Page;

/// <summary>The page's pure modules, run where they will run; their files come from the disk, no gateway is needed.</summary>
public sealed class ModuleTests(Browser browser)
{
    private const string Origin = "http://page.test";

    private static readonly string Files = Path.Combine(AppContext.BaseDirectory, "public");

    [Theory]
    [InlineData("42000.1", "42,000.10")]
    [InlineData("1234567.125", "1,234,567.125")]
    [InlineData("0.00000001", "0.00000001")]
    [InlineData("0.000000125", "0.000000125")]
    [InlineData("7", "7.00")]
    [InlineData("98.7, 4", "98.7000")]
    public async Task A_price_is_shown_in_full(string arguments, string text) =>
        Assert.Equal(text, await RunAsync<string>("format", $"m.formatPrice({arguments})"));

    [Theory]
    [InlineData("0.1, 0.3, 2", "+0.20")]
    [InlineData("42000, 41987.5, 2", "−12.50")]
    [InlineData("5, 5, 2", "0.00")]
    [InlineData("0.00000812, 0.00000813, 8", "+0.00000001")]
    public async Task A_difference_carries_its_sign(string arguments, string text) =>
        Assert.Equal(text, await RunAsync<string>("format", $"m.formatDifference({arguments})"));

    [Theory]
    [InlineData("100, 101", "+1.00 %")]
    [InlineData("100, 99.995", "0.00 %")]
    [InlineData("0, 5", "")]
    public async Task A_change_is_a_share_of_where_it_began(string arguments, string text) =>
        Assert.Equal(text, await RunAsync<string>("format", $"m.formatPercent({arguments})"));

    [Theory]
    [InlineData("-1", "–")]
    [InlineData("999.9", "999 ms")]
    [InlineData("9999", "9.9 s")]
    [InlineData("61000", "61 s")]
    [InlineData("180000", "3 min")]
    public async Task An_age_has_the_unit_that_suits_it(string age, string text) =>
        Assert.Equal(text, await RunAsync<string>("format", $"m.formatAge({age})"));

    [Fact]
    public async Task A_wait_stays_below_a_ceiling_that_doubles_up_to_fifteen_seconds()
    {
        var ceilings = await RunAsync<double[]>("backoff", "[0, 1, 2, 6, 60, 5000].map(attempt => m.backoff(attempt, () => 1))");
        var floor = await RunAsync<double>("backoff", "m.backoff(60, () => 0)");

        Assert.Equal([250, 500, 1_000, 15_000, 15_000, 15_000], ceilings);
        Assert.Equal(0, floor);
    }

    [Fact]
    public async Task A_snapshot_replaces_the_market_and_a_delta_changes_what_it_names()
    {
        var market = await RunMarketAsync("""
            tick(1, 5, 0, { A: 1, B: 2 }), tick(1, 6, 5, { B: 3 }), tick(1, 9, 4, { A: 4 }), tick(2, 1, 0, { A: 5, C: 6 })
            """);

        Assert.Equal(["applied", "applied", "applied", "applied"], market.Outcomes);
        Assert.Equal("A=5 C=6", market.Prices);
    }

    [Fact]
    public async Task What_is_older_is_ignored()
    {
        var market = await RunMarketAsync("""
            tick(2, 5, 0, { A: 1 }), tick(2, 4, 3, { A: 3 }), tick(1, 99, 0, { A: 4 })
            """);

        Assert.Equal(["applied", "stale", "stale"], market.Outcomes);
        Assert.Equal("A=1", market.Prices);
    }

    [Fact]
    public async Task A_symbol_that_is_new_in_the_view_comes_with_the_tick_that_is_known()
    {
        var market = await RunMarketAsync("tick(2, 5, 0, { A: 1 }), tick(2, 5, 5, { B: 2 })");

        Assert.Equal(["applied", "applied"], market.Outcomes);
        Assert.Equal("A=1 B=2", market.Prices);
    }

    [Fact]
    public async Task A_delta_from_a_state_that_was_never_had_is_a_gap()
    {
        var market = await RunMarketAsync("""
            tick(1, 5, 4, { A: 1 }), tick(1, 5, 0, { A: 2 }), tick(1, 8, 6, { A: 3 }), tick(2, 8, 5, { A: 4 })
            """);

        Assert.Equal(["gap", "applied", "gap", "gap"], market.Outcomes);
        Assert.Equal("A=2", market.Prices);
    }

    [Fact]
    public async Task A_cursor_may_be_larger_than_32_bits()
    {
        var cursor = await RunAsync<string>("market", """
            (market => {
              market.apply({ epoch: 1790000000000, seq: 9007199254740991, prev_seq: 0, ts: 1, data: [] });
              return `${market.cursor.epoch} ${market.cursor.seq}`;
            })(new m.Market())
            """);

        Assert.Equal("1790000000000 9007199254740991", cursor);
    }

    [Fact]
    public async Task The_rate_counts_the_last_seconds_and_falls_to_nothing()
    {
        var rates = await RunAsync<double[]>("rate", """
            (meter => {
              for (let now = 0; now < 4000; now += 10) meter.record(now);
              return [meter.perSecond(4000), meter.perSecond(20000)];
            })(new m.RateMeter())
            """);

        Assert.Equal([100, 0], rates);
    }

    [Theory]
    [InlineData(1000, "reconnect")]
    [InlineData(1001, "reconnect")]
    [InlineData(1006, "reconnect")]
    [InlineData(1008, "stop")]
    [InlineData(1009, "stop")]
    [InlineData(1011, "reconnect")]
    [InlineData(1012, "reconnect")]
    [InlineData(4401, "renew")]
    [InlineData(4403, "stop")]
    [InlineData(4408, "reconnect")]
    [InlineData(4429, "reconnect")]
    public async Task Each_close_code_says_whether_to_come_back(int code, string next) =>
        Assert.Equal(next, await RunAsync<string>("endings", $"m.endingOf({code}).next"));

    /// <summary>Runs an expression over a module, which it calls <c>m</c>.</summary>
    private async Task<T> RunAsync<T>(string module, string expression)
    {
        await using var window = await browser.OpenAsync();
        await window.RouteAsync($"{Origin}/", route => route.FulfillAsync(new() { ContentType = "text/html" }));
        await window.RouteAsync($"{Origin}/js/*", route => route.FulfillAsync(new()
        {
            Path = Path.Combine(Files, "js", Path.GetFileName(route.Request.Url)),
        }));
        var page = await window.NewPageAsync();
        await page.GotoAsync($"{Origin}/");
        return await page.EvaluateAsync<T>($"import('{Origin}/js/{module}.js').then(m => {expression})");
    }

    private async Task<MarketRun> RunMarketAsync(string ticks)
    {
        var json = await RunAsync<string>("market", $$"""
            {
              const market = new m.Market();
              const tick = (epoch, seq, prev_seq, prices) => market.apply({ epoch, seq, prev_seq, ts: 1,
                data: Object.entries(prices).map(([symbol, price]) => ({ symbol, price, timestamp: 1 })) });
              const Outcomes = [{{ticks}}];
              const Prices = [...market.quotes.values()].map(quote => `${quote.symbol}=${quote.price}`).join(' ');
              return JSON.stringify({ Outcomes, Prices });
            }
            """);
        return JsonSerializer.Deserialize<MarketRun>(json)!;
    }

    private sealed record MarketRun(string[] Outcomes, string Prices);
}
