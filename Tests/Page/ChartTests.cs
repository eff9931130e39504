using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansTicker.Tests.Hosting;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>The chart of the chosen symbol. What it draws is read from its legend.</summary>
public sealed partial class ChartTests(Browser browser, SharedGateway gateway)
{
    private const string Library = "**/lib/lightweight-charts.js";

    /// <summary>Noon of a day, in Unix seconds.</summary>
    private const long Noon = 1_795_521_600;

    [Fact]
    public async Task The_running_bar_follows_the_price()
    {
        await using var window = await browser.OpenAsync();
        var host = await gateway.StartAsync();
        var page = await VisitAsync(window, new Uri(host.Address, "/BTC-USD?interval=1s"));
        var close = page.Locator("#chart [data-value='close']");

        await EnterAsync(page, host.DemoApiKey);

        await Expect(page.Locator("#chart canvas").First).ToBeVisibleAsync(new() { Timeout = PatienceMs });
        await Expect(close).ToHaveTextAsync(new Regex(@"^[\d,]+\.\d\d+$"));
        await Expect(page.Locator("#chart .chart-credit")).ToHaveTextAsync(new Regex("TradingView"));
        await Expect(page.Locator("#chart .chart-words")).ToBeEmptyAsync();
        await Expect(close).Not.ToHaveTextAsync((await close.TextContentAsync())!);
        Assert.True(await page.EvaluateAsync<bool>("performance.getEntriesByType('resource').every(({ name }) => new URL(name).origin === location.origin)"));
    }

    [Fact]
    public async Task Its_values_have_the_digits_that_came_and_older_bars_come_on_scrolling_back()
    {
        await using var window = await browser.OpenAsync();
        var scripted = await ScriptedGateway.VisitAsync(window, "/BTC-USD?interval=1m");
        var page = scripted.Page;
        await page.RouteAsync("**/api/v1/candles?*", route => route.FulfillAsync(PageOf(route.Request.Url)));
        await scripted.EnterKeyAsync();
        await Expect(StateOf(page)).ToHaveTextAsync("Live");
        scripted.Say(1, 0, ("BTC-USD", "42000.1"));
        await page.Mouse.MoveAsync(0, 0); // Over the chart, it would choose a bar.

        await Expect(page.Locator("#chart [data-value='open']")).ToHaveTextAsync("0.00000001");
        await Expect(page.Locator("#chart [data-value='close']")).ToHaveTextAsync("42,000.10000000");
        await Expect(page.Locator("#chart .chart-time")).ToHaveTextAsync("2026-11-24 12:00 UTC");
        ScriptedGateway.SkipUnlessMade();
        await Expect(page.Locator("#chart canvas").First).ToBeVisibleAsync();
        await page.Locator("#chart .chart-plot").FocusAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                await page.Keyboard.PressAsync("PageUp");
                await page.Locator("#chart .chart-plot").HoverAsync();
                return (await page.Locator("#chart .chart-time").TextContentAsync())!.StartsWith("2026-11-23 ", StringComparison.Ordinal);
            },
            "bars of the day before");
    }

    [Fact]
    public async Task Arrow_keys_read_one_candle_after_the_other()
    {
        await using var window = await browser.OpenAsync();
        var scripted = await ScriptedGateway.VisitAsync(window, "/BTC-USD?interval=1m");
        ScriptedGateway.SkipUnlessMade();
        var page = scripted.Page;
        var time = page.Locator("#chart .chart-time");
        await page.RouteAsync("**/api/v1/candles?*", route => route.FulfillAsync(PageOf(route.Request.Url)));
        await scripted.EnterKeyAsync();
        await Expect(StateOf(page)).ToHaveTextAsync("Live");
        scripted.Say(1, 0, ("BTC-USD", "42000.1"));
        await page.Mouse.MoveAsync(0, 0); // Over the chart, it would choose a bar.
        await Expect(page.Locator("#chart canvas").First).ToBeVisibleAsync();
        await Expect(time).ToHaveTextAsync("2026-11-24 12:00 UTC");

        await page.Locator("#chart .chart-plot").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(time).ToHaveTextAsync("2026-11-24 11:59 UTC");
        await Expect(page.Locator("#chart p[role=status]").Last).ToHaveTextAsync(
            "2026-11-24 11:59 UTC: close 42,000.10000000, open 0.00000001, high 42,001.00000000, low 0.00000001, volume 1.00");
        for (var step = 0; step < 150; step++)
        {
            await page.Keyboard.PressAsync("ArrowLeft"); // Past the oldest one in view.
        }

        await Expect(time).ToHaveTextAsync("2026-11-24 09:29 UTC");
        await page.Keyboard.PressAsync("Escape");

        await Expect(time).ToHaveTextAsync("2026-11-24 12:00 UTC");
    }

    [Fact]
    public async Task Where_the_library_is_missing_the_page_says_why_there_is_no_chart()
    {
        await using var window = await browser.OpenAsync();
        var page = await window.NewPageAsync();
        await page.RouteAsync(Library, route => route.FulfillAsync(new() { Status = 404 }));

        await ConnectAsync(page, await gateway.StartAsync());

        await Expect(page.Locator("#chart .chart-words")).ToHaveTextAsync(new Regex("^No chart: this server was built without its drawing library, since Node.js was missing\\."));
        await Expect(page.Locator("#chart [data-value='close']")).ToHaveTextAsync(new Regex(@"^[\d,]+\.\d\d+$"));
        await ExpectLiveAsync(page);
    }

    /// <summary>500 candles of a minute: the newest, or those before a time.</summary>
    private static RouteFulfillOptions PageOf(string url)
    {
        var before = Before().Match(url) is { Success: true } match ? long.Parse(match.Groups["time"].Value, CultureInfo.InvariantCulture) : Noon + 60;
        var candles = Enumerable.Range(1, 500).Reverse().Select(index => CandleAt(before - (index * 60)));
        return ScriptedGateway.Json(200, $$"""{"candles":[{{string.Join(',', candles)}}],"gaps":[],"next_cursor":"more"}""");
    }

    private static string CandleAt(long time) =>
        $$"""{"open_time":{{time}},"open":0.00000001,"high":42001,"low":1e-8,"close":42000.1,"volume":1,"quote_volume":42000,"trades":1,"closed":true}""";

    [GeneratedRegex("[?&]to=(?<time>\\d+)")]
    private static partial Regex Before();
}
