using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>The columns of the list, of which there is room for some: any can be sorted by, and is then seen.</summary>
public sealed class SortTests(Browser browser)
{
    private static readonly (int Width, int Height)[] Sizes = [(390, 844), (1280, 800), (1600, 900), (2000, 1100), (2560, 1440)];

    [Fact]
    public async Task Every_column_shows_its_figure_where_there_is_room()
    {
        await using var window = await browser.OpenAsync(new() { ViewportSize = new() { Width = 2560, Height = 1440 } });
        var page = await ShowAsync(window);
        var row = RowOf(page, "BTC-USD");

        await ExpectAsync("price", "42,000.50");
        await ExpectAsync("change", "+2,000.50 +5.00 %");
        await ExpectAsync("high", "43,000.00");
        await ExpectAsync("low", "39,000.00");
        await ExpectAsync("volume", "84.0M");
        await ExpectAsync("bid", "42,000.00");
        await ExpectAsync("ask", "42,001.00");
        await Expect(page.GetByLabel("Sort by")).ToBeHiddenAsync(); // The names of the columns do that.

        async Task ExpectAsync(string column, string text)
        {
            await Expect(row.Locator($".{column}")).ToBeVisibleAsync();
            await Expect(row.Locator($".{column}")).ToHaveTextAsync(new Regex($@"^\s*{Regex.Escape(text).Replace("\\ ", "\\s*", StringComparison.Ordinal)}\s*$"));
        }
    }

    [Theory]
    [InlineData("high", "BTC-USD,ETH-USD,SOL-USD")]
    [InlineData("low", "BTC-USD,ETH-USD,SOL-USD")]
    [InlineData("volume", "SOL-USD,BTC-USD,ETH-USD")]
    [InlineData("bid", "BTC-USD,ETH-USD,SOL-USD")]
    [InlineData("ask", "BTC-USD,ETH-USD,SOL-USD")]
    public async Task What_the_list_is_sorted_by_is_seen_at_any_width(string column, string descending)
    {
        await using var window = await browser.OpenAsync();
        var page = await ShowAsync(window);
        var symbols = descending.Split(',');

        await page.GetByLabel("Sort by").SelectOptionAsync(column);
        await ExpectOrderAsync(symbols);
        await page.GetByRole(AriaRole.Button, new() { Name = "Order: descending" }).ClickAsync();
        await ExpectOrderAsync([.. symbols.Reverse()]);
        await Expect(page.Locator($"#watchlist .head .{column}")).ToHaveAttributeAsync("aria-sort", "ascending");

        foreach (var (width, height) in Sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            await Expect(RowOf(page, "BTC-USD").Locator($".{column}")).ToBeVisibleAsync();
            Assert.Empty(await page.EvaluateAsync<string[]>(Overlaps));
        }

        Task ExpectOrderAsync(string[] order) => Expect(page.Locator("#watchlist .row .name")).ToHaveTextAsync(order);
    }

    [Fact]
    public async Task The_names_of_the_columns_and_the_choice_above_them_agree_and_outlive_a_reload()
    {
        await using var window = await browser.OpenAsync();
        var page = await ShowAsync(window);

        await page.Locator("#watchlist .head .price button").ClickAsync();
        await Expect(page.GetByLabel("Sort by")).ToHaveValueAsync("price");
        await page.GetByLabel("Sort by").SelectOptionAsync("low");
        await page.ReloadAsync();

        await Expect(page.GetByLabel("Sort by")).ToHaveValueAsync("low");
        await Expect(page.Locator("#watchlist .head .low")).ToHaveAttributeAsync("aria-sort", "descending");
        await Expect(page.Locator("#watchlist .head .low")).ToBeVisibleAsync();
    }

    /// <summary>The cells of the first row whose text reaches into the next cell, or out of the list.</summary>
    private const string Overlaps = """
        (() => {
          const cells = [...document.querySelector('#watchlist .row').children].filter((cell) => cell.getClientRects().length > 0);
          const textOf = (cell) => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            return range.getBoundingClientRect();
          };
          const list = document.querySelector('#watchlist .grid').getBoundingClientRect();
          return cells.filter((cell, index) => textOf(cell).right > Math.min(list.right, cells[index + 1] ? textOf(cells[index + 1]).left : Infinity) + 0.5).map((cell) => cell.className);
        })()
        """;

    private static async Task<IPage> ShowAsync(IBrowserContext window)
    {
        var gateway = await ScriptedGateway.ConnectAsync(window);
        (string Symbol, decimal Price, decimal Volume)[] quotes = [("BTC-USD", 42_000.5m, 2_000), ("ETH-USD", 2_500.5m, 100), ("SOL-USD", 95.5m, 1_000_000)];
        gateway.Say(1, 0, [.. quotes.Select(quote => (quote.Symbol, string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {quote.Price},"bid":{quote.Price - 0.5m},"ask":{quote.Price + 0.5m},"open_24h":{quote.Price - (quote.Price > 10_000 ? 2_000.5m : 5)},
            "high_24h":{quote.Price + (quote.Price > 10_000 ? 999.5m : 1)},"low_24h":{quote.Price - (quote.Price > 10_000 ? 3_000.5m : 10)},"volume_24h":{quote.Volume}
            """)))]);
        await Expect(gateway.Page.Locator("#watchlist .row")).ToHaveCountAsync(3);
        return gateway.Page;
    }
}
