using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Api.Tickers;

public sealed class TickerEndpointTests
{
    private static readonly Quote Bitcoin = ApiHost.Quote("BTC-USD", 42_000.120m) with
    {
        Details = new QuoteDetails
        {
            UpdatedAt = DateTimeOffset.FromUnixTimeSeconds(1_795_510_189),
            Bid = 42_000.10m,
            BidSize = 0.00000001m,
            Ask = 42_000.20m,
            AskSize = 3m,
            Last = 42_000.1m,
            LastSize = 0.5m,
            Open = 40_000m,
            High = 43_000m,
            Low = 39_000m,
            DayVolume = 1234.5m,
            Trades = 7,
            Volume = 8,
            Sources = 3,
            Confidence = 0.05m,
        },
    };

    [Fact]
    public async Task A_ticker_has_what_the_exchanges_say_with_all_digits()
    {
        await using var api = await ApiHost.StartAsync([Bitcoin]);

        Assert.Equal(
            """{"symbol":"BTC-USD","price":42000.120,"timestamp":1795510188,"time_us":1795510188000000,"updated_us":1795510189000000,"bid":42000.10,"bid_size":0.00000001,"ask":42000.20,"ask_size":3,"last":42000.1,"last_size":0.5,"open_24h":40000,"high_24h":43000,"low_24h":39000,"volume_24h":1234.5,"change_24h":2000.120,"change_percent_24h":5.0003,"day_source":"exchanges","sources":3,"confidence":0.05}""",
            await api.GetTextAsync("/api/v1/tickers/BTC-USD"));
    }

    [Theory]
    [InlineData(true, "history")]
    [InlineData(false, "exchanges")]
    public async Task The_last_24_hours_come_from_our_candles_where_they_reach_back_so_far(bool isWhole, string source)
    {
        var calls = new CandleCalls { Days = shard => shard == ICandleGrain.ShardOf("BTC-USD") ? [Day(isWhole)] : [] };
        await using var api = await ApiHost.StartAsync(calls.Install, [Bitcoin]);

        var ticker = await api.GetAsync("/api/v1/tickers/BTC-USD");

        Assert.Equal(source, ticker.GetProperty("day_source").GetString());
        Assert.Equal(isWhole ? 41_000m : 40_000m, ticker.GetProperty("open_24h").GetDecimal());
        if (isWhole)
        {
            Assert.EndsWith(
                """"open_24h":41000,"high_24h":42000.120,"low_24h":40500,"volume_24h":5,"quote_volume_24h":210000,"trades_24h":9,"change_24h":1000.120,"change_percent_24h":2.4393,"day_source":"history","sources":3,"confidence":0.05}"""",
                ticker.GetRawText(),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Figures_that_are_invented_are_told_as_simulated()
    {
        await using var invented = await ApiHost.StartAsync([Bitcoin with { Details = Bitcoin.Details! with { IsSimulated = true } }]);
        Assert.Equal("simulated", (await invented.GetAsync("/api/v1/tickers/BTC-USD")).GetProperty("day_source").GetString());
    }

    [Fact]
    public async Task A_shard_that_fails_costs_its_own_figures_only()
    {
        var calls = new CandleCalls
        {
            Days = shard => shard == ICandleGrain.ShardOf("BTC-USD") ? [Day(isWhole: true)] : throw new InvalidOperationException("as the test says"),
        };
        await using var api = await ApiHost.StartAsync(calls.Install, [Bitcoin, ApiHost.Quote("ETH-USD", 1m)]);

        Assert.NotEqual(ICandleGrain.ShardOf("BTC-USD"), ICandleGrain.ShardOf("ETH-USD"));
        Assert.Equal("history", (await api.GetAsync("/api/v1/tickers/BTC-USD")).GetProperty("day_source").GetString());
        Assert.False((await api.GetAsync("/api/v1/tickers/ETH-USD")).TryGetProperty("day_source", out _));
    }

    [Fact]
    public async Task What_is_not_known_is_left_out()
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote("BTC-USD", 1m) with { IsStale = true }]);

        Assert.Equal(
            """{"symbol":"BTC-USD","price":1,"timestamp":1795510188,"stale":true,"time_us":1795510188000000}""",
            await api.GetTextAsync("/api/v1/tickers/BTC-USD"));
    }

    [Fact]
    public async Task The_list_has_the_whole_market_by_name_and_others_where_they_are_named()
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote("ETH-USD", 2m), Bitcoin, ApiHost.Quote("coinbase:BTC-USD", 3m), ApiHost.Quote("kraken:BTC-USD", 4m)]);

        Assert.Equal(["BTC-USD", "ETH-USD"], await SymbolsAsync(api, "/api/v1/tickers"));
        Assert.Equal(["coinbase:BTC-USD"], await SymbolsAsync(api, "/api/v1/tickers?exchange=coinbase"));
        Assert.Equal(["coinbase:BTC-USD"], await SymbolsAsync(api, "/api/v1/tickers?exchange=Coinbase"));
        Assert.Equal(["ETH-USD", "kraken:BTC-USD"], await SymbolsAsync(api, "/api/v1/tickers?symbols=kraken:BTC-USD,ETH-USD,,ETH-USD"));
        Assert.Equal(3m, (await api.GetAsync("/api/v1/tickers/coinbase:BTC-USD")).GetProperty("price").GetDecimal());
        Assert.Equal(3m, (await api.GetAsync("/api/v1/tickers/coinbase%3ABTC-USD")).GetProperty("price").GetDecimal());
    }

    [Fact]
    public async Task A_list_with_a_symbol_that_does_not_exist_is_no_list_without_it()
    {
        await using var api = await ApiHost.StartAsync([Bitcoin]);

        var problem = await api.GetProblemAsync("/api/v1/tickers?symbols=BTC-USD,NONE-USD,btc-usd", HttpStatusCode.NotFound);

        Assert.Equal("no such symbol", problem.GetProperty("detail").GetString());
        Assert.Equal("name unknown ones: NONE-USD, btc-usd", Assert.Single(problem.GetProperty("errors").GetProperty("symbols").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task The_list_names_the_tick_from_which_a_WebSocket_continues()
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote("BTC-USD", 1m)]);
        var list = await api.GetAsync("/api/v1/tickers");
        var (epoch, seq) = (list.GetProperty("epoch").GetInt64(), list.GetProperty("seq").GetInt64());

        using var client = await api.Gateway.ConnectAsync($"?epoch={epoch}&seq={seq}");
        await client.ReceiveAsync("welcome");
        await api.SayAsync(ApiHost.Quote("BTC-USD", 2m));

        var message = await client.ReceiveAsync("ticker");
        Assert.Equal(seq, message.GetProperty("prev_seq").GetInt64());
        Assert.Equal(2m, message.GetProperty("data")[0].GetProperty("price").GetDecimal());
    }

    [Fact]
    public async Task The_list_follows_the_market_and_is_not_sent_to_who_has_it()
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote("BTC-USD", 1m)]);
        using var first = await api.SendAsync("/api/v1/tickers");
        Assert.Equal((true, true), (first.Headers.CacheControl?.Private, first.Headers.CacheControl?.NoCache));
        Assert.True(first.Headers.ETag?.IsWeak);
        Assert.Equal(["Authorization", "Cookie", "Accept-Encoding"], first.Headers.Vary);

        using var same = await api.SendAsync("/api/v1/tickers", request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(first.Headers.ETag, same.Headers.ETag);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync(ApiHost.Stop));

        await api.SayAsync(ApiHost.Quote("BTC-USD", 2m));
        await Eventually.TrueAsync(
            async () =>
            {
                using var changed = await api.SendAsync("/api/v1/tickers", request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
                return changed.StatusCode == HttpStatusCode.OK;
            },
            "the list has the new price");
        Assert.Equal(2m, (await api.GetAsync("/api/v1/tickers")).GetProperty("tickers")[0].GetProperty("price").GetDecimal());
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, br", "br")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", null)]
    public async Task A_list_is_compressed_as_the_client_wants(string accepted, string? encoding)
    {
        await using var api = await ApiHost.StartAsync([.. Enumerable.Range(0, 40).Select(number => ApiHost.Quote($"A{number}-USD", number + 1))]);

        using var response = await api.SendAsync("/api/v1/tickers", request => request.Headers.AcceptEncoding.ParseAdd(accepted));

        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        await using var body = await response.Content.ReadAsStreamAsync(ApiHost.Stop);
        await using Stream plain = encoding switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            _ => body,
        };
        var list = await JsonDocument.ParseAsync(plain, cancellationToken: ApiHost.Stop);
        Assert.Equal(40, list.RootElement.GetProperty("tickers").GetArrayLength());
    }

    private static SymbolDay Day(bool isWhole) => new("BTC-USD", DateTimeOffset.UnixEpoch, isWhole, 41_000, 41_900, 40_500, 5, 210_000, 9);

    private static async Task<string?[]> SymbolsAsync(ApiHost api, string path) =>
        [.. (await api.GetAsync(path)).GetProperty("tickers").EnumerateArray().Select(ticker => ticker.GetProperty("symbol").GetString())];
}
