using System.Globalization;
using System.Net;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Tests.Gateway.Api.Udf;

public sealed class UdfEndpointTests
{
    private const string Symbol = "TEST-USD";
    private static readonly long Start = CandleScript.Start.ToUnixTimeSeconds();

    [Fact]
    public async Task A_chart_learns_what_it_may_ask()
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote("BTC-USD", 1m), ApiHost.Quote("coinbase:BTC-USD", 1m)]);

        var config = await api.GetAsync("/udf/config");

        Assert.Equal(["1S", "1", "5", "15", "60", "240", "1D"], config.GetProperty("supported_resolutions").EnumerateArray().Select(resolution => resolution.GetString()));
        Assert.True(config.GetProperty("supports_search").GetBoolean());
        Assert.True(config.GetProperty("supports_time").GetBoolean());
        Assert.False(config.GetProperty("supports_group_request").GetBoolean());
        Assert.Equal(["", "all", "coinbase"], config.GetProperty("exchanges").EnumerateArray().Select(exchange => exchange.GetProperty("value").GetString()));
    }

    [Theory]
    [InlineData("BTC-USD", "BTC-USD", 1000)]
    [InlineData("btc-usd", "BTC-USD", 1000)]
    [InlineData("all:BTC-USD", "BTC-USD", 1000)]
    [InlineData("COINBASE:BTC-USD", "coinbase:BTC-USD", 100)]
    public async Task A_symbol_is_described_however_it_is_typed(string typed, string name, int scale)
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote("BTC-USD", 42_000.125m), ApiHost.Quote("coinbase:BTC-USD", 42_000m)]);

        var symbol = await api.GetAsync($"/udf/symbols?symbol={typed}&currencyCode=USD");

        Assert.Equal((name, name), (symbol.GetProperty("name").GetString(), symbol.GetProperty("ticker").GetString()));
        Assert.Equal((1, scale), (symbol.GetProperty("minmov").GetInt32(), symbol.GetProperty("pricescale").GetInt32()));
        Assert.Equal(("24x7", "Etc/UTC"), (symbol.GetProperty("session").GetString(), symbol.GetProperty("timezone").GetString()));
        Assert.Equal(["1"], symbol.GetProperty("seconds_multipliers").EnumerateArray().Select(multiplier => multiplier.GetString()));
        Assert.True(symbol.GetProperty("has_intraday").GetBoolean() && symbol.GetProperty("has_seconds").GetBoolean() && symbol.GetProperty("has_daily").GetBoolean());
    }

    [Fact]
    public async Task Symbols_are_found_by_a_part_of_their_name()
    {
        await using var api = await ApiHost.StartAsync(
            [ApiHost.Quote("BTC-USD", 1m), ApiHost.Quote("BTC-USDT", 1m), ApiHost.Quote("ETH-USD", 1m), ApiHost.Quote("coinbase:BTC-USD", 1m)]);

        Assert.Equal(["BTC-USD", "BTC-USDT", "coinbase:BTC-USD"], await FindAsync(api, "query=BTC&type=&exchange=&limit=30"));
        Assert.Equal(["BTC-USD"], await FindAsync(api, "query=btc&limit=1"));
        Assert.Equal(["coinbase:BTC-USD"], await FindAsync(api, "query=&exchange=coinbase"));
        Assert.Equal(["BTC-USD", "BTC-USDT", "ETH-USD"], await FindAsync(api, "exchange=all"));
        Assert.Equal(["coinbase:BTC-USD"], await FindAsync(api, "query=&exchange=Coinbase"));
        Assert.Equal(["BTC-USD", "BTC-USDT", "coinbase:BTC-USD"], await FindAsync(api, "query=btcusd"));
        Assert.Equal(["BTC-USDT"], await FindAsync(api, "query=BTC/USDT"));
        Assert.Equal(["coinbase:BTC-USD"], await FindAsync(api, "query=COINBASE:BTC"));
        Assert.Empty(await FindAsync(api, "query=DOGE"));
    }

    [Fact]
    public async Task History_comes_in_columns()
    {
        await using var api = await ApiHost.StartAsync([]);
        await new CandleScript(api, Symbol).TradeAsync(0, 5);

        Assert.Equal(
            $$"""{"s":"ok","t":[{{Start + 60}},{{Start + 120}}],"o":[101.10,102.10],"h":[101.10,102.10],"l":[101.10,102.10],"c":[101.10,102.10],"v":[0.5,0.5]}""",
            await api.GetTextAsync($"/udf/history?symbol={Symbol}&resolution=1&from={Start + 60}&to={Start + 180}"));
    }

    [Theory]
    [InlineData("test-usd")]
    [InlineData("all:Test-USD")]
    public async Task History_is_found_however_the_symbol_is_typed(string typed)
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote(Symbol, 1m)]);

        Assert.Equal("""{"s":"no_data"}""", await api.GetTextAsync($"/udf/history?symbol={typed}&resolution=1&to=1000&countback=9"));
    }

    [Fact]
    public async Task Quotes_are_what_a_chart_calls_them_and_each_has_its_own_state()
    {
        var bitcoin = ApiHost.Quote("BTC-USD", 42_000m) with
        {
            Details = new QuoteDetails { Bid = 42_000m, Ask = 42_001m, Open = 40_000m, High = 43_000m, Low = 39_000m, DayVolume = 1.5m },
        };
        await using var api = await ApiHost.StartAsync([bitcoin, ApiHost.Quote("coinbase:BTC-USD", 3m)]);

        Assert.Equal(
            """{"s":"ok","d":[{"s":"ok","n":"btc-usd","v":{"ch":2000,"chp":5.00,"short_name":"BTC-USD","exchange":"all","lp":42000,"ask":42001,"bid":42000,"open_price":40000,"high_price":43000,"low_price":39000,"prev_close_price":40000,"volume":1.5}},{"s":"error","n":"NONE","v":{}},{"s":"ok","n":"coinbase:BTC-USD","v":{"short_name":"coinbase:BTC-USD","exchange":"coinbase","lp":3}}]}""",
            await api.GetTextAsync("/udf/quotes?symbols=btc-usd,NONE,coinbase:BTC-USD"));
        Assert.Equal("""{"s":"ok","d":[]}""", await api.GetTextAsync("/udf/quotes"));
    }

    [Theory]
    [InlineData("resolution=1&from=0&to=240&countback=2", 120, 180)] // More than the range, or less: the number counts.
    [InlineData("resolution=1&from=230&to=240&countback=3", 60, 120, 180)]
    [InlineData("resolution=1&from=60&to=9999", 60, 120, 180, 240)]
    [InlineData("resolution=5&from=0&to=9999", 0)]
    [InlineData("resolution=D&countback=10", 0)]
    public async Task A_chart_gets_as_many_candles_as_it_wants(string query, params int[] times)
    {
        await using var api = await ApiHost.StartAsync([]);
        await new CandleScript(api, Symbol).TradeAsync(0, 5);

        var history = await api.GetAsync($"/udf/history?symbol={Symbol}&{Shift(query)}");

        Assert.Equal(times.Select(time => Start + time), history.GetProperty("t").EnumerateArray().Select(time => time.GetInt64()));
    }

    [Fact]
    public async Task More_than_a_page_comes_whole_and_in_order()
    {
        var calls = new CandleCalls { Candles = CandleScript.MoreThanAPage(10) };
        await using var api = await ApiHost.StartAsync(calls.Install, []);

        var history = await api.GetAsync($"/udf/history?symbol={Symbol}&resolution=1&countback={CandleQuery.MaxLimit + 5}");

        Assert.Equal(
            Enumerable.Range(5, CandleQuery.MaxLimit + 5).Select(minute => Start + (60L * minute)),
            history.GetProperty("t").EnumerateArray().Select(time => time.GetInt64()));
    }

    [Fact]
    public async Task Without_candles_a_chart_learns_where_there_are_earlier_ones()
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote("BTC-USD", 1m)]);
        await new CandleScript(api, Symbol).TradeAsync(0, 5);

        Assert.Equal($$"""{"s":"no_data","nextTime":{{Start + 240}}}""", await api.GetTextAsync($"/udf/history?symbol={Symbol}&resolution=1&from={Start + 600}&to={Start + 900}"));
        Assert.Equal("""{"s":"no_data"}""", await api.GetTextAsync($"/udf/history?symbol={Symbol}&resolution=1&from=0&to={Start}"));
        Assert.Equal("""{"s":"no_data"}""", await api.GetTextAsync($"/udf/history?symbol={Symbol}&resolution=1&to={Start}&countback=10"));
        Assert.Equal("""{"s":"no_data"}""", await api.GetTextAsync("/udf/history?symbol=BTC-USD&resolution=1&from=0&to=1000"));
    }

    [Theory]
    [InlineData("/udf/symbols?symbol=NONE", HttpStatusCode.NotFound, "no such symbol")]
    [InlineData("/udf/symbols", HttpStatusCode.NotFound, "no such symbol")]
    [InlineData("/udf/history?symbol=NONE&resolution=1&from=0&to=1", HttpStatusCode.NotFound, "no such symbol")]
    [InlineData("/udf/history?symbol=BTC-USD&resolution=7&from=0&to=1", HttpStatusCode.BadRequest, "resolution must be one of 1S, 1, 5, 15, 60, 240, 1D")]
    [InlineData("/udf/history?symbol=BTC-USD&resolution=1&from=x&to=1", HttpStatusCode.BadRequest, "from must be a time in Unix seconds")]
    [InlineData("/udf/history?symbol=BTC-USD&resolution=1&from=2&to=1", HttpStatusCode.BadRequest, "to must not be earlier than from")]
    [InlineData("/udf/history?symbol=BTC-USD&resolution=1&countback=0", HttpStatusCode.BadRequest, "countback must be a whole number greater than 0")]
    [InlineData("/udf/history?resolution=1", HttpStatusCode.BadRequest, "from is missing, and so is countback; symbol is missing")]
    [InlineData("/udf/nothing", HttpStatusCode.NotFound, "not found")]
    public async Task Errors_are_what_a_chart_understands(string path, HttpStatusCode status, string message)
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote("BTC-USD", 1m)]);

        using var response = await api.SendAsync(path);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal($$"""{"s":"error","errmsg":"{{message}}"}""", await response.Content.ReadAsStringAsync(ApiHost.Stop));
    }

    [Fact]
    public async Task A_chart_needs_a_token_and_gets_the_time()
    {
        await using var api = await ApiHost.StartAsync([]);
        using var refused = await api.Gateway.SendAsync(HttpMethod.Get, "/udf/time", token: null);
        using var time = await api.SendAsync("/udf/time");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("""{"s":"error","errmsg":"authentication required"}""", await refused.Content.ReadAsStringAsync(ApiHost.Stop));
        Assert.Equal("text/plain", time.Content.Headers.ContentType?.MediaType);
        var told = long.Parse(await time.Content.ReadAsStringAsync(ApiHost.Stop), CultureInfo.InvariantCulture);
        Assert.InRange(told, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 60, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
    }

    private static string Shift(string query) => string.Join('&', query.Split('&').Select(pair => pair.Split('=') switch
    {
        ["from" or "to", var seconds] => $"{pair[..pair.IndexOf('=', StringComparison.Ordinal)]}={Start + long.Parse(seconds, CultureInfo.InvariantCulture)}",
        _ => pair,
    }));

    private static async Task<string?[]> FindAsync(ApiHost api, string query) =>
        [.. (await api.GetAsync($"/udf/search?{query}")).EnumerateArray().Select(found => found.GetProperty("symbol").GetString())];
}
