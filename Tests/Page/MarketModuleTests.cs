using System.Text.Json;

namespace OrleansTicker.Tests.Page;

/// <summary>What the page makes of ticker messages.</summary>
public sealed class MarketModuleTests(ModulePage page) : ModuleTest(page)
{
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
        var cursor = await RunAsync<string>("wire/market", """
            (market => {
              market.apply({ epoch: 1790000000000, seq: 9007199254740991, prev_seq: 0, ts: 1, data: [] });
              return `${market.cursor.epoch} ${market.cursor.seq}`;
            })(new m.Market())
            """);

        Assert.Equal("1790000000000 9007199254740991", cursor);
    }

    private async Task<MarketRun> RunMarketAsync(string ticks)
    {
        var json = await RunAsync<string>("wire/market", $$"""
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
