using Microsoft.Playwright;
using OrleansTicker.Tests.Page.Scripts;
using static Microsoft.Playwright.Assertions;

namespace OrleansTicker.Tests.Page.Chart;

/// <summary>The chart as a person sees and uses it, with the library that draws it.</summary>
public sealed class ChartViewTests(Browser browser)
{
    private const string ShowBitcoin = "test.view.show('BTC-USD', '1m');";

    [Fact]
    public async Task Candles_are_drawn_under_the_policy_of_the_page_and_told_to_those_who_do_not_see_them()
    {
        await using var chart = await ChartPage.OpenAsync(browser);
        await chart.RunAsync($"{ShowBitcoin} test.made[0].show([...test.candles(0, 199), test.candle(199, '42001.1234567')]);");

        await Expect(chart.Plot.Locator("canvas").First).ToBeVisibleAsync();
        await Expect(chart.Plot).ToHaveAttributeAsync("aria-label", "Chart of BTC-USD, 1 minute a bar. Newest close 42,001.1234567, from 1970-01-01 03:19 UTC");
        await Expect(chart.Value("close")).ToHaveTextAsync("42,001.1234567");
        await Expect(chart.Value("open")).ToHaveTextAsync("42,000.1000000");
        await Expect(chart.Value("change")).ToHaveTextAsync("+1.0234567 (0.00 %)");
        await Expect(chart.Page.GetByRole(AriaRole.Link, new() { Name = "TradingView" })).ToHaveAttributeAsync("href", "https://www.tradingview.com/");
        await Expect(chart.Words).ToBeEmptyAsync();
        Assert.Empty(await chart.RunAsync<string[]>("test.violations"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing(ColorScheme scheme)
    {
        await using var chart = await ChartPage.OpenAsync(browser);
        await chart.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await chart.RunAsync($"{ShowBitcoin} test.made[0].show(test.candles(0, 200));");
        await Expect(chart.Plot).ToBeVisibleAsync();

        await Axe.ExpectNothingAsync(chart.Page);
    }

    [Fact]
    public async Task The_crosshair_tells_the_values_of_the_candle_under_it()
    {
        await using var chart = await ChartPage.OpenAsync(browser);
        await chart.RunAsync($"{ShowBitcoin} test.made[0].show(test.candles(0, 200).map((candle) => ({{ ...candle, volume: String(candle.openTime) }})));");
        await Expect(chart.Plot.Locator("canvas").First).ToBeVisibleAsync();
        await Expect(chart.Value("volume")).ToHaveTextAsync("11,940.00");

        await chart.Plot.HoverAsync(new() { Position = new() { X = 300, Y = 100 } });

        await Expect(chart.Value("volume")).Not.ToHaveTextAsync("11,940.00");
        var minutes = await chart.RunAsync<double>("Number(document.querySelector('[data-value=volume]').textContent.replaceAll(',', '')) / 60");
        var time = TimeSpan.FromMinutes(minutes);
        await Expect(chart.Page.Locator(".chart-time")).ToHaveTextAsync($"1970-01-01 {time:hh\\:mm} UTC");
        await chart.Page.Mouse.MoveAsync(1, 1);
        await Expect(chart.Value("volume")).ToHaveTextAsync("11,940.00");
    }

    [Fact]
    public async Task The_running_candle_is_followed_and_the_next_one_is_another()
    {
        await using var chart = await ChartPage.OpenAsync(browser);
        await chart.RunAsync($"{ShowBitcoin} test.made[0].show(test.candles(0, 200));");
        await Expect(chart.Plot).ToBeVisibleAsync();

        await NewestAsync("199", "42002.5");
        await Expect(chart.Value("close")).ToHaveTextAsync("42,002.50", new() { Timeout = PageActions.PatienceMs });
        await NewestAsync("200", "42002.75");
        await Expect(chart.Page.Locator(".chart-time")).ToHaveTextAsync("1970-01-01 03:20 UTC");
        await NewestAsync("198", "42002.25"); // A closed one that came late.
        await Expect(chart.Value("close")).ToHaveTextAsync("42,002.75");

        Task NewestAsync(string minute, string close) => chart.RunAsync($$"""
            const series = test.made[0];
            const candle = test.candle({{minute}}, '{{close}}');
            series.candles = [...series.candles.filter(({ openTime }) => openTime !== candle.openTime), candle].sort((one, other) => one.openTime - other.openTime);
            series.onChange({ kind: 'newest', candle });
            """);
    }

    [Fact]
    public async Task Older_candles_are_asked_for_when_the_oldest_come_into_view_until_there_are_none()
    {
        await using var chart = await ChartPage.OpenAsync(browser);
        await chart.RunAsync($$"""
            {{ShowBitcoin}}
            const series = test.made[0];
            series.older = () => {
              series.candles = [...test.candles(1000 - 300 * series.asked, 1300 - 300 * series.asked), ...series.candles];
              series.onChange({ kind: 'older' });
              return series.asked < 3;
            };
            series.show(test.candles(1000, 1300));
            """);
        await Expect(chart.Plot).ToBeVisibleAsync();
        await chart.Plot.FocusAsync();
        Assert.Equal(0, await chart.RunAsync<int>("test.made[0].asked"));

        for (var press = 0; press < 20; press++)
        {
            await chart.Page.Keyboard.PressAsync("PageUp");
        }

        await chart.Page.UntilAsync("test.made[0].asked === 3");
        await chart.Page.Keyboard.PressAsync("PageUp");
        Assert.Equal(3, await chart.RunAsync<int>("test.made[0].asked"));
    }

    [Fact]
    public async Task A_candle_that_keys_have_chosen_stays_chosen_when_others_come()
    {
        await using var chart = await ChartPage.OpenAsync(browser);
        await chart.RunAsync($"{ShowBitcoin} test.made[0].show(test.candles(0, 200));");
        await Expect(chart.Plot).ToBeVisibleAsync();
        await chart.Plot.FocusAsync();
        await chart.Page.Keyboard.PressAsync("ArrowLeft");
        await chart.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(chart.Page.Locator(".chart-time")).ToHaveTextAsync("1970-01-01 03:18 UTC");

        await chart.RunAsync("""
            const [series] = test.made;
            for (let minute = 200; minute < 205; minute++) {
              series.candles.push(test.candle(minute));
              series.onChange({ kind: 'newest', candle: series.candles.at(-1) });
              await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            }
            """);
        await Expect(chart.Page.Locator(".chart-time")).ToHaveTextAsync("1970-01-01 03:18 UTC");
        await chart.Page.Keyboard.PressAsync("ArrowLeft");

        await Expect(chart.Page.Locator(".chart-time")).ToHaveTextAsync("1970-01-01 03:17 UTC");
    }

    [Fact]
    public async Task Keys_zoom_out_so_that_older_candles_are_asked_for()
    {
        await using var chart = await ChartPage.OpenAsync(browser);
        await chart.RunAsync($"{ShowBitcoin} test.made[0].show(test.candles(0, 400));");
        await Expect(chart.Plot).ToBeVisibleAsync();
        await chart.Plot.FocusAsync();

        for (var press = 0; press < 10; press++)
        {
            await chart.Page.Keyboard.PressAsync("-");
        }

        await chart.Page.UntilAsync("test.made[0].asked === 1");
    }

    [Fact]
    public async Task A_time_that_was_not_recorded_is_hatched_and_a_candle_that_lacks_a_part_says_so()
    {
        await using var chart = await ChartPage.OpenAsync(browser);
        await chart.RunAsync($"{ShowBitcoin} test.made[0].show([...test.candles(0, 180), ...test.candles(190, 200)]);");
        await Expect(chart.Plot).ToBeVisibleAsync();
        await Expect(chart.Page.Locator(".chart-partial")).ToBeHiddenAsync();
        Assert.Equal(0, await CountHatchedAsync(chart));

        await chart.RunAsync("test.made[0].show(test.made[0].candles, [{ from: 180 * 60, to: 190 * 60 }, { from: 199 * 60 + 5, to: 199 * 60 + 9 }]);");

        await Expect(chart.Page.Locator(".chart-partial")).ToBeVisibleAsync();
        Assert.InRange(await CountHatchedAsync(chart), 100, int.MaxValue);
    }

    [Fact]
    public async Task It_takes_the_colours_of_the_dark_and_back()
    {
        await using var chart = await ChartPage.OpenAsync(browser);
        await chart.RunAsync($"{ShowBitcoin} test.made[0].show(test.candles(0, 200));");
        await Expect(chart.Plot.Locator("canvas").First).ToBeVisibleAsync();
        foreach (var (scheme, ground) in new[] { (ColorScheme.Dark, "20,17,27"), (ColorScheme.Light, "250,249,252") })
        {
            await chart.Page.EmulateMediaAsync(new() { ColorScheme = scheme });

            await chart.Page.UntilAsync(
                $"[...document.querySelector('#chart canvas').getContext('2d').getImageData(3, 3, 1, 1).data.slice(0, 3)].join() === '{ground}'");
        }
    }

    [Fact]
    public async Task An_interval_and_a_style_are_chosen_by_radio_buttons()
    {
        await using var chart = await ChartPage.OpenAsync(browser);
        await chart.RunAsync($"{ShowBitcoin} test.made[0].show(test.candles(0, 200));");
        await Expect(chart.Plot).ToBeVisibleAsync();
        await Expect(chart.Page.GetByRole(AriaRole.Radio, new() { Name = "1 minute" })).ToBeCheckedAsync();

        await chart.Page.GetByRole(AriaRole.Radio, new() { Name = "4 hours" }).CheckAsync();
        await chart.Page.GetByRole(AriaRole.Radio, new() { Name = "Line" }).CheckAsync();

        Assert.Equal("4h", await chart.RunAsync<string>("test.intervals.join()"));
        await chart.RunAsync("test.view.show('BTC-USD', '4h');");
        Assert.Equal("true,false", await chart.RunAsync<string>("test.made.map(({ isStopped }) => isStopped).join()"));
        await chart.RunAsync("test.made[0].show([]);"); // It comes too late to change anything.
        await Expect(chart.Words).ToHaveTextAsync("Loading candles…");
    }

    [Fact]
    public async Task Trouble_is_told_and_goes_away()
    {
        await using var chart = await ChartPage.OpenAsync(browser);
        await chart.RunAsync($"{ShowBitcoin} test.made[0].show(test.candles(0, 20));");
        await Expect(chart.Plot).ToBeVisibleAsync();

        await chart.RunAsync("test.made[0].onChange({ kind: 'trouble', words: 'The store is away.' });");
        await Expect(chart.Words).ToHaveTextAsync("The store is away.");
        await chart.RunAsync("test.made[0].onChange({ kind: 'trouble', words: null });");
        await Expect(chart.Words).ToBeEmptyAsync();
        await chart.RunAsync("test.made[0].show([]);");
        await Expect(chart.Words).ToHaveTextAsync("No candles of this interval yet.");
    }

    [Fact]
    public async Task A_gateway_without_the_library_has_no_chart_and_says_why()
    {
        await using var chart = await ChartPage.OpenAsync(browser, hasLibrary: false);
        await chart.RunAsync($"{ShowBitcoin} test.made[0].show(test.candles(0, 20));");

        await Expect(chart.Words).ToContainTextAsync("built without its drawing library");
        await Expect(chart.Page.Locator(".chart-plot")).ToBeHiddenAsync();
        await Expect(chart.Value("open")).ToHaveTextAsync("42,000.10");
    }

    [Fact]
    public async Task A_library_that_did_not_come_is_loaded_with_the_next_symbol()
    {
        await using var chart = await ChartPage.OpenAsync(browser);
        await chart.Page.RouteAsync("**/lib/**", route => route.AbortAsync());
        await chart.RunAsync(ShowBitcoin);
        await Expect(chart.Words).ToContainTextAsync("The chart could not be loaded.");

        await chart.Page.UnrouteAsync("**/lib/**");
        await chart.RunAsync("test.view.show('ETH-USD', '1m'); test.made[1].show(test.candles(0, 20));");

        await Expect(chart.Plot).ToBeVisibleAsync();
        await Expect(chart.Words).ToBeEmptyAsync();
    }

    /// <summary>How many pixels are like the hatching in the light style, #b08a3c, on any ground.</summary>
    private static Task<int> CountHatchedAsync(ChartPage chart) => chart.RunAsync<int>("""
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() =>
          [...document.querySelectorAll('#chart canvas')].reduce((count, canvas) => {
            const { data } = canvas.width > 0 ? canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height) : { data: [] };
            for (let at = 0; at < data.length; at += 4) {
              count += data[at + 3] === 255 && data[at] - data[at + 2] > 60 && data[at] - data[at + 1] > 15 && data[at] - data[at + 1] < 60 && data[at + 1] - data[at + 2] > 25 ? 1 : 0;
            }
            return count;
          }, 0))
        """);
}
