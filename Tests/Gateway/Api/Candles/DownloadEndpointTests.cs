using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.History;
using OrleansTicker.History.Formats;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Api.Candles;

public sealed class DownloadEndpointTests
{
    private const string Symbol = "TEST-USD";

    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("parquet", "application/vnd.apache.parquet")]
    public async Task A_file_has_all_candles_of_many_pages(string format, string mediaType)
    {
        var calls = new CandleCalls { Candles = CandleScript.MoreThanAPage(10) };
        await using var api = await ApiHost.StartAsync(calls.Install, []);

        using var response = await api.SendAsync($"/api/v1/candles.{format}?symbol={Symbol}&interval=1m");
        using var file = new MemoryStream(await response.Content.ReadAsByteArrayAsync(ApiHost.Stop));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"{Symbol}-1m.{format}", response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        var rows = await CandleFormats.Find(format)!.ReadAsync(file, ApiHost.Stop).ToListAsync(ApiHost.Stop);
        Assert.Equal(
            Enumerable.Range(0, CandleQuery.MaxLimit + 10).Select(minute => (Symbol, CandleScript.Start.AddMinutes(minute), 100.10m + minute)),
            rows.Select(row => (row.Candle.Symbol, row.Candle.Candle.OpenTime, row.Candle.Candle.Close)));
    }

    [Fact]
    public async Task A_file_has_no_candle_that_still_changes()
    {
        await using var api = await ApiHost.StartAsync([]);
        var script = new CandleScript(api, Symbol);
        await script.TradeAsync(0, 2);
        var running = CandleScript.Start.AddMinutes(2);
        await script.SendAsync(running, running.AddSeconds(1), [CandleScript.At(running, 1, 1)]);

        using var response = await api.SendAsync($"/api/v1/candles.csv?symbol={Symbol}&interval=1m");

        Assert.Equal(3, (await response.Content.ReadAsStringAsync(ApiHost.Stop)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_file_has_imported_candles_of_a_symbol_that_nobody_watches()
    {
        using var folder = new TemporaryFolder();
        await using var api = await ApiHost.StartAsync([], ("History:Provider", "Sqlite"), ("History:Path", folder["history.db"]));
        var store = api.Gateway.Services.GetRequiredService<IHistoryStore>();
        await store.PrepareAsync(ApiHost.Stop);
        var imported = new SymbolCandle(Symbol, CandleInterval.Minute, CandleScript.At(CandleScript.Start, 1.5m, 1));
        await store.WriteAsync([new ShardWrite(ICandleGrain.ShardOf(Symbol), default, default, [], [imported])], ApiHost.Stop);

        using var response = await api.SendAsync($"/api/v1/candles.csv?symbol={Symbol}&interval=1m");
        var list = await api.GetAsync($"/api/v1/candles?symbol={Symbol}&interval=1m&from=2026-11-20&to=2026-11-21");

        Assert.Equal(2, (await response.Content.ReadAsStringAsync(ApiHost.Stop)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.True(list.GetProperty("candles")[0].GetProperty("closed").GetBoolean());
        Assert.Equal(1, list.GetProperty("gaps").GetArrayLength());
    }

    [Fact]
    public async Task A_range_is_cut_out_and_text_is_compressed()
    {
        await using var api = await ApiHost.StartAsync([]);
        await new CandleScript(api, Symbol).TradeAsync(0, 10);

        using var response = await api.SendAsync(
            $"/api/v1/candles.csv?symbol={Symbol}&interval=1m&from=2026-11-20T00:02:00Z&to=2026-11-20T00:04:00Z", request => request.Headers.AcceptEncoding.ParseAdd("gzip"));

        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        await using var text = new GZipStream(await response.Content.ReadAsStreamAsync(ApiHost.Stop), CompressionMode.Decompress);
        using var reader = new StreamReader(text, Encoding.UTF8);
        Assert.Equal(
            "symbol,interval,open_time,open,high,low,close,volume,quote_volume,trades\r\nTEST-USD,1m,2026-11-20T00:02:00Z,102.10,102.10,102.10,102.10,0.5,51.050,1\r\nTEST-USD,1m,2026-11-20T00:03:00Z,103.10,103.10,103.10,103.10,0.5,51.550,1\r\n",
            await reader.ReadToEndAsync(ApiHost.Stop));
    }

    [Theory]
    [InlineData("1960-01-01")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("0001-01-01")]
    public async Task Before_all_candles_a_file_is_empty(string to)
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote(Symbol, 1m)]);

        using var response = await api.SendAsync($"/api/v1/candles.csv?symbol={Symbol}&interval=1m&to={to}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single((await response.Content.ReadAsStringAsync(ApiHost.Stop)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(0, (await api.GetAsync($"/api/v1/candles?symbol={Symbol}&interval=1m&to={to}")).GetProperty("candles").GetArrayLength());
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip")]
    public async Task A_file_that_cannot_be_finished_is_cut_off(string encoding)
    {
        var calls = new CandleCalls { Candles = CandleScript.MoreThanAPage(10), FailsAfter = 1 };
        await using var api = await ApiHost.StartAsync(calls.Install, []);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/candles.csv?symbol={Symbol}&interval=1m");
        request.Headers.Authorization = new("Bearer", await api.Gateway.GetTokenAsync());
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        using var response = await api.Gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ApiHost.Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsByteArrayAsync(ApiHost.Stop));
    }

    [Fact]
    public async Task A_file_is_cut_off_when_its_token_is_revoked()
    {
        var reading = new TaskCompletionSource();
        var calls = new CandleCalls { Candles = CandleScript.MoreThanAPage(10), Reading = reading.Task };
        await using var api = await ApiHost.StartAsync(calls.Install, []);
        var token = await api.Gateway.GetTokenAsync();
        Assert.True(api.Gateway.Services.GetRequiredService<ITokenSigner>().TryVerify(token, out var key));

        var downloading = api.Gateway.SendAsync(HttpMethod.Get, $"/api/v1/candles.csv?symbol={Symbol}&interval=1m", token);
        await Eventually.TrueAsync(() => calls.Reads == 1, "the first page is read");
        await api.Gateway.Services.GetRequiredService<TokenGrains>().RevokeAsync(key);
        reading.SetResult();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => downloading);
        Assert.Equal(1, calls.Reads);
    }

    [Theory]
    [InlineData("/api/v1/candles.csv?interval=1m", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/candles.parquet?symbol=TEST-USD&interval=1m&limit=5", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/candles.csv?symbol=NONE-USD&interval=1m", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/candles.xlsx?symbol=TEST-USD&interval=1m", HttpStatusCode.NotFound)]
    public async Task What_is_wrong_before_the_file_begins_is_a_problem(string path, HttpStatusCode status)
    {
        await using var api = await ApiHost.StartAsync([]);

        await api.GetProblemAsync(path, status);
    }

    [Fact]
    public async Task A_store_that_is_away_is_told_before_the_file_begins()
    {
        var calls = new CandleCalls { Failure = new HistoryUnavailableException("as the test says") };
        await using var api = await ApiHost.StartAsync(calls.Install, []);

        using var response = await api.SendAsync($"/api/v1/candles.csv?symbol={Symbol}&interval=1m");

        await ApiHost.ProblemOfAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.Null(response.Content.Headers.ContentDisposition);
    }
}
