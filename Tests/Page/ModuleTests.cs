using System.Text.Json;

namespace OrleansTicker.Tests.Page;

/// <summary>The page's pure modules, run where they will run; their files come from the disk, no gateway is needed.</summary>
public sealed class ModuleTests(ModulePage page) : IClassFixture<ModulePage>
{
    [Theory]
    [InlineData("'42000.1'", "42,000.10")]
    [InlineData("'1234567.125'", "1,234,567.125")]
    [InlineData("'0.00000001'", "0.00000001")]
    [InlineData("'0.12345678901234567890'", "0.12345678901234567890")]
    [InlineData("'-1000.5'", "−1,000.50")]
    [InlineData("'-0.0'", "0.00")]
    [InlineData("'7'", "7.00")]
    [InlineData("'98.7', 4", "98.7000")]
    public async Task A_price_is_shown_in_full(string arguments, string text) =>
        Assert.Equal(text, await RunAsync<string>("format", $"m.formatPrice({arguments})"));

    [Theory]
    [InlineData("1e21", "1000000000000000000000")]
    [InlineData("1.50E-7", "0.000000150")]
    [InlineData("12.345e+1", "123.45")]
    [InlineData("0.5e1", "5")]
    [InlineData("-3e0", "-3")]
    [InlineData("0.10", "0.10")]
    [InlineData("1e999999999", null)]
    [InlineData("NaN", null)]
    public async Task A_number_loses_its_exponent_and_no_digit(string number, string? plain) =>
        Assert.Equal(plain, await RunAsync<string?>("decimal", $"m.plainOf('{number}')"));

    [Theory]
    [InlineData("""{"price":42000.10}""", """{"price":"42000.10"}""")]
    [InlineData("""{"a":1,"price" : 1e21 ,"ts":2}""", """{"a":1,"price":"1e21","ts":2}""")]
    [InlineData("""{"message":"\"price\":1,"}""", """{"message":"\"price\":1,"}""")]
    [InlineData("""{"price":01}""", null)]
    [InlineData("<html>", null)]
    public async Task A_price_is_read_as_the_text_that_it_came_in(string json, string? read) =>
        Assert.Equal(read, await RunAsync<string?>("json", $"JSON.stringify(m.parseMessage(String.raw`{json}`))"));

    [Theory]
    [InlineData("'0.1', '0.3', 2", "+0.20")]
    [InlineData("'42000', '41987.5', 2", "−12.50")]
    [InlineData("'5', '5.0', 2", "0.00")]
    [InlineData("'-1', '1.5', 2", "+2.50")]
    [InlineData("'0.00000812', '0.00000813', 8", "+0.00000001")]
    public async Task A_difference_carries_its_sign(string arguments, string text) =>
        Assert.Equal(text, await RunAsync<string>("format", $"m.formatDifference({arguments})"));

    [Theory]
    [InlineData("'100', '101'", "+1.00 %")]
    [InlineData("'100', '99.995'", "0.00 %")]
    [InlineData("'200', '50'", "−75.00 %")]
    [InlineData("'0', '5'", "")]
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

    [Theory]
    [InlineData(1, "applied applied", "A=2")]
    [InlineData(2, "stale stale", "A=1")]
    public async Task A_lower_epoch_counts_where_the_new_connection_named_another(long welcome, string outcomes, string prices)
    {
        var market = await RunMarketAsync($$"""
            tick(2, 5, 0, { A: 1 }), market.begin({{welcome}}), tick(1, 3, 0, { A: 4 }), tick(1, 4, 3, { A: 2 })
            """);

        Assert.Equal(outcomes.Split(' '), market.Outcomes[2..]);
        Assert.Equal(prices, market.Prices);
    }

    [Fact]
    public async Task Only_the_first_message_of_a_connection_leads_to_a_lower_epoch()
    {
        var market = await RunMarketAsync("""
            market.begin(3), tick(3, 5, 0, { A: 1 }), tick(2, 6, 0, { A: 2 }), market.begin(2), tick(2, 7, 0, { A: 3 }), tick(1, 8, 0, { A: 4 })
            """);

        Assert.Equal([null, "applied", "stale", null, "applied", "stale"], market.Outcomes);
        Assert.Equal("A=3", market.Prices);
    }

    [Fact]
    public async Task What_brings_no_new_price_is_known()
    {
        var market = await RunMarketAsync("tick(1, 5, 0, { A: 1 }), tick(1, 6, 0, { A: 1 }), tick(1, 7, 6, {}), tick(1, 8, 7, { A: 'x' }), tick(1, 9, 8, { A: 2 })");

        Assert.Equal(["applied", "known", "known", "known", "applied"], market.Outcomes);
        Assert.Equal("A=2", market.Prices);
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

    /// <summary>The server's clock is 1,000 ms ahead of this one, then something happens, and the message that comes is new.</summary>
    [Theory]
    [InlineData("c.observe(301_000, 20)", 301_000, 20)]
    [InlineData("c.observe(1_000 - 300, 20)", 700, 20)]
    [InlineData("c.renew(); c.observe(1_100, 5_000)", 1_100, 5_000)]
    public async Task An_age_follows_the_servers_clock_up_and_down(string what, long publishedAt, long now) =>
        Assert.Equal(0, await RunAsync<double>("clock", $"(c => {{ c.observe(1_000, 0); {what}; return c.ageOf({publishedAt}, {now}); }})(new m.ServerClock())"));

    [Fact]
    public async Task What_comes_late_is_as_old_as_it_is()
    {
        var ages = await RunAsync<double[]>("clock", """
            (c => {
              c.observe(1_000, 0);
              c.observe(1_010, 4_010);
              return [c.ageOf(1_010, 4_010), c.ageOf(1_010, 5_010), c.ageOf(0, 1)];
            })(new m.ServerClock())
            """);

        Assert.Equal([3_998, 4_998, -1], ages.Select(age => Math.Round(age)));
    }

    [Theory]
    [InlineData(200, "application/json", """{"token":"a.b-c_d"}""", "issued")]
    [InlineData(401, "application/json", """{"error":"invalid API key"}""", "refused")]
    [InlineData(401, "application/json", """{"error":"unauthorized"}""", "unavailable")]
    [InlineData(401, "application/json", """{"message":"Unauthorized"}""", "foreign")]
    [InlineData(401, "text/html", """{"error":"invalid API key"}""", "foreign")]
    [InlineData(403, "application/json", """{"error":"invalid API key"}""", "unavailable")]
    [InlineData(400, "application/json", """{"error":"api_key required"}""", "unavailable")]
    [InlineData(200, "application/json", """{"error":"invalid API key"}""", "foreign")]
    [InlineData(200, "application/json", """{"token":"two words"}""", "foreign")]
    [InlineData(200, "application/json", "null", "foreign")]
    [InlineData(200, "text/html", "<html>", "foreign")]
    [InlineData(0, "", "", "foreign")]
    [InlineData(404, "text/html", "<html>", "foreign")]
    [InlineData(429, "application/json", """{"error":"too many requests"}""", "busy")]
    [InlineData(429, "text/html", "<html>", "foreign")]
    [InlineData(500, "application/json", """{"error":"database unavailable"}""", "unavailable")]
    [InlineData(503, "application/json", """{"error":"token store unavailable"}""", "unavailable")]
    [InlineData(502, "text/html", "<html>", "unreachable")]
    public async Task Only_what_has_the_gateways_form_is_its_word(int status, string type, string text, string kind) =>
        Assert.Equal(kind, await RunAsync<string>("token", $"m.readAnswer({{ status: {status}, type: '{type}', text: `{text}`, afterMs: 0 }}).kind"));

    [Theory]
    [InlineData(1000, "reconnect")]
    [InlineData(1001, "reconnect")]
    [InlineData(1006, "reconnect")]
    [InlineData(1008, "reconnect")]
    [InlineData(1008, "stop", "closed by an administrator")]
    [InlineData(1009, "reconnect")]
    [InlineData(1009, "stop", "message too big")]
    [InlineData(1011, "reconnect")]
    [InlineData(1012, "reconnect")]
    [InlineData(4401, "renew")]
    [InlineData(4408, "reconnect")]
    [InlineData(4429, "reconnect")]
    public async Task Each_close_says_whether_to_come_back_and_a_proxys_never_says_no(int code, string next, string reason = "") =>
        Assert.Equal(next, await RunAsync<string>("endings", $"m.endingOf({code}, '{reason}').next"));

    private Task<T> RunAsync<T>(string module, string expression) => page.RunAsync<T>(module, expression);

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

    private sealed record MarketRun(string?[] Outcomes, string Prices);
}
