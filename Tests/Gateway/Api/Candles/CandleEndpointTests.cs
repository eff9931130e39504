using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Api.Candles;

public sealed class CandleEndpointTests
{
    private const string Symbol = "TEST-USD";
    private static readonly long Start = CandleScript.Start.ToUnixTimeSeconds();

    [Fact]
    public async Task Candles_are_told_with_all_digits_and_whether_they_are_closed()
    {
        await using var api = await ApiHost.StartAsync([]);
        await new CandleScript(api, Symbol).SendAsync(
            CandleScript.Start,
            CandleScript.Start.AddSeconds(90),
            [CandleScript.At(CandleScript.Start, 1.10m, 2), CandleScript.At(CandleScript.Start.AddSeconds(59), 1.3m, 0.00000001m), CandleScript.At(CandleScript.Start.AddSeconds(80), 1.2m, 1)]);

        Assert.Equal(
            $$$"""{"symbol":"TEST-USD","interval":"1m","candles":[{"open_time":{{{Start}}},"open":1.10,"high":1.3,"low":1.10,"close":1.3,"volume":2.00000001,"quote_volume":2.200000013,"trades":2,"closed":true},{"open_time":{{{Start + 60}}},"open":1.2,"high":1.2,"low":1.2,"close":1.2,"volume":1,"quote_volume":1.2,"trades":1,"closed":false}],"gaps":[]}""",
            await api.GetTextAsync($"/api/v1/candles?symbol={Symbol}&interval=1m&from={Start}"));
    }

    [Theory]
    [InlineData("1s", 300)]
    [InlineData("1m", 300)]
    [InlineData("5m", 60)]
    [InlineData("15m", 20)]
    [InlineData("1h", 5)]
    [InlineData("4h", 2)]
    [InlineData("1d", 1)]
    public async Task Each_interval_can_be_had(string interval, int count)
    {
        await using var api = await ApiHost.StartAsync([], ("History:KeepSeconds", "1.00:00:00"));
        await new CandleScript(api, Symbol).TradeAsync(0, 300);

        var list = await api.GetAsync($"/api/v1/candles?symbol={Symbol}&interval={interval}&from=2026-11-20");

        Assert.Equal(interval, list.GetProperty("interval").GetString());
        Assert.Equal(count, list.GetProperty("candles").GetArrayLength());
    }

    [Fact]
    public async Task Pages_from_a_time_on_hold_each_candle_once_although_later_ones_come_meanwhile()
    {
        await using var api = await ApiHost.StartAsync([]);
        var script = new CandleScript(api, Symbol);
        await script.TradeAsync(0, 25);
        var times = new List<long>();
        var path = $"/api/v1/candles?symbol={Symbol}&interval=1m&from={Start}&limit=10";
        for (var page = 0; path.Length > 0; page++)
        {
            using var response = await api.SendAsync(path);
            var list = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(ApiHost.Stop));
            times.AddRange(TimesOf(list));
            await script.TradeAsync(25 + page, 1);

            path = NextOf(response);
            Assert.Equal(path.Length > 0, list.TryGetProperty("next_cursor", out var cursor));
            Assert.True(path.Length == 0 || path.EndsWith($"&cursor={cursor}", StringComparison.Ordinal));
        }

        Assert.Equal(Enumerable.Range(0, 27).Select(minute => Start + (60 * minute)), times);
    }

    [Fact]
    public async Task Without_a_beginning_the_newest_come_first_and_the_next_pages_go_back()
    {
        await using var api = await ApiHost.StartAsync([]);
        var script = new CandleScript(api, Symbol);
        await script.TradeAsync(0, 25);

        using var first = await api.SendAsync($"/api/v1/candles?symbol={Symbol}&interval=1m&limit=10");
        await script.TradeAsync(25, 1);
        using var second = await api.SendAsync(NextOf(first));
        using var third = await api.SendAsync(NextOf(second));

        Assert.Equal(Enumerable.Range(15, 10).Select(minute => Start + (60 * minute)), TimesOf(await ReadAsync(first)));
        Assert.Equal(Enumerable.Range(5, 10).Select(minute => Start + (60 * minute)), TimesOf(await ReadAsync(second)));
        Assert.Equal(Enumerable.Range(0, 5).Select(minute => Start + (60 * minute)), TimesOf(await ReadAsync(third)));
        Assert.Equal("", NextOf(third));
    }

    [Fact]
    public async Task A_client_may_repeat_the_range_beside_the_cursor_and_may_not_change_it()
    {
        await using var api = await ApiHost.StartAsync([]);
        await new CandleScript(api, Symbol).TradeAsync(0, 5);
        var path = $"/api/v1/candles?symbol={Symbol}&interval=1m&from={Start}&to={Start + 240}&limit=2";
        var cursor = (await api.GetAsync(path)).GetProperty("next_cursor").GetString();

        Assert.Equal([Start + 120, Start + 180], TimesOf(await api.GetAsync($"{path}&cursor={cursor}")));
        var problem = await api.GetProblemAsync(path.Replace($"to={Start + 240}", $"to={Start + 300}", StringComparison.Ordinal) + $"&cursor={cursor}", HttpStatusCode.BadRequest);
        Assert.True(problem.GetProperty("errors").TryGetProperty("cursor", out _));
    }

    [Fact]
    public async Task Times_that_nobody_watched_are_named()
    {
        await using var api = await ApiHost.StartAsync([]);
        var script = new CandleScript(api, Symbol);
        await script.TradeAsync(0, 3);
        await script.TradeAsync(10, 2, isWatched: false);

        var list = await api.GetAsync($"/api/v1/candles?symbol={Symbol}&interval=1m&from={Start}&to={Start + 720}");

        Assert.Equal($$"""[{"from":{{Start + 180}},"to":{{Start + 600}}}]""", list.GetProperty("gaps").GetRawText());
    }

    [Fact]
    public async Task What_never_changes_may_be_kept_and_the_rest_is_asked_for_by_its_tag()
    {
        await using var api = await ApiHost.StartAsync([]);
        var script = new CandleScript(api, Symbol);
        await script.TradeAsync(0, 5);

        using var closed = await api.SendAsync($"/api/v1/candles?symbol={Symbol}&interval=1m&from={Start}&to={Start + 240}");
        Assert.Equal(TimeSpan.FromDays(1), closed.Headers.CacheControl?.MaxAge);
        Assert.True(closed.Headers.CacheControl?.Private);
        Assert.Contains("immutable", closed.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        var open = $"/api/v1/candles?symbol={Symbol}&interval=1m&from={Start}";
        using var first = await api.SendAsync(open);
        Assert.True(first.Headers.CacheControl?.NoCache);
        using var same = await api.SendAsync(open, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        await script.TradeAsync(5, 1);
        using var changed = await api.SendAsync(open, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task What_an_import_may_still_begin_earlier_is_not_kept()
    {
        await using var api = await ApiHost.StartAsync([]);
        await new CandleScript(api, Symbol).SendAsync(
            CandleScript.Start.AddHours(-1), CandleScript.Start.AddMinutes(5), [CandleScript.At(CandleScript.Start, 1, 1), CandleScript.At(CandleScript.Start.AddMinutes(4), 1, 1)]);

        using var response = await api.SendAsync($"/api/v1/candles?symbol={Symbol}&interval=1m&from={Start - 60}&to={Start + 300}");

        var list = await ReadAsync(response);
        Assert.Equal((2, 0), (list.GetProperty("candles").GetArrayLength(), list.GetProperty("gaps").GetArrayLength()));
        Assert.True(response.Headers.CacheControl?.NoCache);
    }

    [Fact]
    public async Task A_client_that_goes_away_makes_no_room_before_its_read_has_ended()
    {
        var (reading, gone) = (new TaskCompletionSource(), new GoneClients());
        var calls = new CandleCalls { Reading = reading.Task };
        await using var api = await ApiHost.StartAsync(
            builder =>
            {
                calls.Install(builder);
                builder.Services.AddSingleton<IStartupFilter>(gone);
            },
            [],
            ("Limits:CandleReads", "1"),
            ("Limits:WaitingCandleReads", "0"));
        await new CandleScript(api, Symbol).TradeAsync(0, 1);
        var path = $"/api/v1/candles?symbol={Symbol}&interval=1m";
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.Gateway.Address, path));
        request.Headers.Authorization = new("Bearer", await api.Gateway.GetTokenAsync());
        var first = api.Gateway.Http.SendAsync(request, leaving.Token);
        await Eventually.TrueAsync(() => calls.Reads == 1, "the first request reads");

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await gone.First.WithinTimeoutAsync();

        try
        {
            for (var again = 0; again < 20; again++)
            {
                // If there were room again, one of these would read, and be told of the cluster after a while.
                var problem = await api.GetProblemAsync(path, HttpStatusCode.ServiceUnavailable).WithinTimeoutAsync();
                Assert.Equal("too many requests for candles", problem.GetProperty("detail").GetString());
            }
        }
        finally
        {
            reading.SetResult();
        }

        await Eventually.TrueAsync(async () => (await api.SendAsync(path)).IsSuccessStatusCode, "there is room again");
    }

    [Fact]
    public async Task Of_a_symbol_that_has_no_candles_and_no_price_nothing_is_known()
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote("BTC-USD", 1m)]);

        var problem = await api.GetProblemAsync("/api/v1/candles?symbol=NONE-USD&interval=1m", HttpStatusCode.NotFound);

        Assert.Equal("no such symbol", problem.GetProperty("detail").GetString());
        Assert.Equal(0, (await api.GetAsync("/api/v1/candles?symbol=BTC-USD&interval=1m&to=0")).GetProperty("candles").GetArrayLength());
    }

    [Theory]
    [InlineData(true, "history unavailable")]
    [InlineData(false, "cluster unavailable")]
    public async Task If_candles_cannot_be_read_now_the_client_is_told_when_to_come_again(bool isStore, string detail)
    {
        var calls = new CandleCalls { Failure = isStore ? new HistoryUnavailableException("as the test says") : new TimeoutException() };
        await using var api = await ApiHost.StartAsync(calls.Install, []);

        using var response = await api.SendAsync($"/api/v1/candles?symbol={Symbol}&interval=1m");

        var problem = await ApiHost.ProblemOfAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
        Assert.NotNull(response.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("Limits:WaitingCandleReads", "0", HttpStatusCode.ServiceUnavailable, "too many requests for candles")]
    [InlineData("Limits:CandleReadsPerUser", "1", HttpStatusCode.TooManyRequests, "too many requests for candles at once")]
    public async Task Who_asks_for_more_candles_at_once_than_can_be_read_is_refused_and_then_served(string limit, string value, HttpStatusCode status, string detail)
    {
        var reading = new TaskCompletionSource();
        var calls = new CandleCalls { Reading = reading.Task };
        await using var api = await ApiHost.StartAsync(calls.Install, [], ("Limits:CandleReads", "1"), (limit, value));
        await new CandleScript(api, Symbol).TradeAsync(0, 1);
        var path = $"/api/v1/candles?symbol={Symbol}&interval=1m";
        var first = api.SendAsync(path);
        await Eventually.TrueAsync(() => calls.Reads == 1, "the first request reads");

        using var refused = await api.SendAsync(path);
        Assert.Equal(detail, (await ApiHost.ProblemOfAsync(refused, status)).GetProperty("detail").GetString());
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);

        reading.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        await api.GetAsync(path);
    }

    private static string NextOf(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Link", out var links))
        {
            return "";
        }

        var link = Assert.Single(links);
        Assert.EndsWith(">; rel=\"next\"", link, StringComparison.Ordinal);
        return link[1..link.IndexOf('>', StringComparison.Ordinal)];
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(ApiHost.Stop));

    private static IEnumerable<long> TimesOf(JsonElement list) =>
        [.. list.GetProperty("candles").EnumerateArray().Select(candle => candle.GetProperty("open_time").GetInt64())];
}
