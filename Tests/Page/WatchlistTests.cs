using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>The list of all symbols: searched, sorted, grouped, starred, scrolled, and all of it by keys.</summary>
public sealed class WatchlistTests(Browser browser)
{
    [Fact]
    public async Task A_slash_searches_and_Enter_chooses_what_is_meant()
    {
        await using var window = await browser.OpenAsync();
        var page = await ShowAsync(window, ("BTC-USD", "42000"), ("WBTC-USD", "41999"), ("ETH-USD", "2500"), ("ETH-BTC", "0.06"));

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("btc");

        await Expect(page.Locator("#watchlist input")).ToBeFocusedAsync();
        await ExpectSymbolsAsync(page, "BTC-USD", "ETH-BTC", "WBTC-USD");
        await Expect(page.Locator("#watchlist .count")).ToHaveTextAsync("3 of 4");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#detail .name")).ToHaveTextAsync("BTC-USD");
        await page.Keyboard.PressAsync("Escape");
        await ExpectSymbolsAsync(page, "BTC-USD", "ETH-BTC", "ETH-USD", "WBTC-USD");
        await page.FillAsync("#watchlist input", "doge");
        await Expect(page.Locator("#watchlist .empty")).ToHaveTextAsync("No symbol matches “doge”.");
    }

    [Fact]
    public async Task Columns_sort_by_exact_values_in_either_direction_and_stay_so_after_a_reload()
    {
        await using var window = await browser.OpenAsync();
        (string, string)[] prices = [("A-USD", "9007199254740992"), ("B-USD", "9007199254740993"), ("C-USD", "0.00000001"), ("D-USD", "1e21")];
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var page = gateway.Page;
        gateway.Say(1, 0, prices);
        var price = page.Locator("#watchlist .head .price");

        await price.GetByRole(AriaRole.Button).ClickAsync();
        await ExpectSymbolsAsync(page, "D-USD", "B-USD", "A-USD", "C-USD");
        await Expect(price).ToHaveAttributeAsync("aria-sort", "descending");
        await price.GetByRole(AriaRole.Button).ClickAsync();
        await ExpectSymbolsAsync(page, "C-USD", "A-USD", "B-USD", "D-USD");
        await page.ReloadAsync();
        await Expect(StateOf(page)).ToHaveTextAsync("Live");
        gateway.Say(1, 0, prices);

        await ExpectSymbolsAsync(page, "C-USD", "A-USD", "B-USD", "D-USD");
    }

    [Fact]
    public async Task Symbols_stand_in_groups_of_their_quote_currency()
    {
        await using var window = await browser.OpenAsync();
        var page = await ShowAsync(window, ("BTC-USD", "42000"), ("ETH-BTC", "0.06"), ("ETH-USD", "2500"));

        await page.GetByRole(AriaRole.Button, new() { Name = "By currency" }).ClickAsync();

        await Expect(page.Locator("#watchlist .group")).ToHaveTextAsync(["USD 2", "BTC 1"]);
        await ExpectSymbolsAsync(page, "BTC-USD", "ETH-USD", "ETH-BTC");
    }

    [Fact]
    public async Task A_star_outlives_a_reload_and_the_list_can_show_only_those()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var page = gateway.Page;
        gateway.Say(1, 0, ("BTC-USD", "42000"), ("ETH-USD", "2500"));

        await RowOf(page, "ETH-USD").GetByRole(AriaRole.Button).ClickAsync();
        await page.ReloadAsync();
        await Expect(StateOf(page)).ToHaveTextAsync("Live");
        gateway.Say(1, 0, ("BTC-USD", "42000"), ("ETH-USD", "2500"));

        await Expect(RowOf(page, "ETH-USD").GetByRole(AriaRole.Button)).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(RowOf(page, "BTC-USD").GetByRole(AriaRole.Button)).ToHaveAttributeAsync("aria-pressed", "false");
        await page.GetByRole(AriaRole.Button, new() { Name = "Starred" }).ClickAsync();
        await ExpectSymbolsAsync(page, "ETH-USD");
    }

    [Fact]
    public async Task Keys_lead_through_all_of_it()
    {
        await using var window = await browser.OpenAsync();
        var page = await ShowAsync(window, ("A-USD", "1"), ("B-USD", "2"), ("C-USD", "3"));
        await Expect(page.Locator("#detail .name")).ToHaveTextAsync("A-USD");

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(RowOf(page, "A-USD")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("s");
        await Expect(RowOf(page, "B-USD").GetByRole(AriaRole.Button)).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#detail .name")).ToHaveTextAsync("B-USD");
        await page.Keyboard.PressAsync("End");
        await Expect(RowOf(page, "C-USD")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Shift+Tab");
        await Expect(page.Locator("#watchlist .head .symbol button")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");

        await ExpectSymbolsAsync(page, "C-USD", "B-USD", "A-USD");
    }

    [Fact]
    public async Task On_a_phone_the_focus_goes_with_the_pane_that_is_seen()
    {
        await using var window = await browser.OpenAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        var page = await ShowAsync(window, ("A-USD", "1"), ("B-USD", "2"));
        await RowOf(page, "A-USD").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#to-list")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(RowOf(page, "B-USD")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GoBackAsync();

        await Expect(RowOf(page, "B-USD")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_a_finger_presses_is_large_enough()
    {
        const float Smallest = 44; // CSS pixels: WCAG 2.2, 2.5.5.
        await using var window = await browser.OpenAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true });
        var page = await ShowAsync(window, ("A-USD", "1"), ("B-USD", "2"));

        foreach (var control in new[] { ".row .mark", ".search input", ".sort select", ".sort .direction" })
        {
            var box = await page.Locator($"#watchlist {control}").First.BoundingBoxAsync();
            Assert.True(box!.Width >= Smallest && box.Height >= Smallest, $"{control} is {box.Width} by {box.Height}");
        }
    }

    [Fact]
    public async Task The_course_of_the_day_is_drawn_up_to_the_present_price()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.VisitAsync(window);
        var page = gateway.Page;
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 900 * 900;
        var candles = Enumerable.Range(0, 96).Select(slot => $$"""{"open_time":{{now - ((95 - slot) * 900)}},"open":1,"high":3,"low":1,"close":{{1 + (slot % 3)}},"volume":1,"quote_volume":1,"trades":1,"closed":true}""");
        gateway.Answers["/api/v1/candles"] = ScriptedGateway.Json(200, $$"""{"candles":[{{string.Join(',', candles)}}],"gaps":[]}""");
        await gateway.EnterKeyAsync();
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-screen", "prices");
        gateway.Say(1, 0, ("A-USD", "2"));

        await Expect(RowOf(page, "A-USD").Locator("path")).ToHaveAttributeAsync("d", new Regex("^M0\\.0 [\\d.]+(L[\\d.]+ [\\d.]+){90,}L96\\.0 12\\.0$")); // At 2, half way from 1 to 3.
    }

    [Fact]
    public async Task Of_2000_symbols_only_those_in_sight_have_rows_and_each_row_is_right_wherever_the_list_is_scrolled_to()
    {
        const int Count = 2_000;
        await using var window = await browser.OpenAsync();
        var prices = Enumerable.Range(0, Count).Select(index => (NameOf(index), index.ToString(CultureInfo.InvariantCulture))).ToArray();
        var page = await ShowAsync(window, prices);
        await Expect(page.Locator("#watchlist .count")).ToHaveTextAsync("2,000 symbols");

        foreach (var index in (int[])[1_000, 1_999, 500, 0])
        {
            await page.Locator("#watchlist .grid").EvaluateAsync($"grid => grid.scrollTop = {index}/{Count} * grid.scrollHeight");

            await Expect(PriceOf(page, NameOf(index))).ToHaveTextAsync($"{index.ToString("N2", CultureInfo.InvariantCulture)}");
            await Expect(RowOf(page, NameOf(index))).ToBeInViewportAsync();
            Assert.InRange(await page.Locator("#watchlist .row").CountAsync(), 1, 60);
            Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('#watchlist .row')].every(row => Number(row.querySelector('.price').textContent.replaceAll(',', '')) === Number(row.querySelector('.name').textContent.slice(1, 5)))"));
        }
    }

    private static string NameOf(int index) => $"S{index:0000}-USD";

    private static async Task<IPage> ShowAsync(IBrowserContext window, params (string, string)[] prices)
    {
        var gateway = await ScriptedGateway.ConnectAsync(window);
        gateway.Say(1, 0, prices);
        await Expect(gateway.Page.Locator("#watchlist .row").First).ToBeVisibleAsync();
        return gateway.Page;
    }

    private static Task ExpectSymbolsAsync(IPage page, params string[] symbols) =>
        Expect(page.Locator("#watchlist .row .name")).ToHaveTextAsync(symbols);
}
