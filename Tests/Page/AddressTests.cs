using System.Text.RegularExpressions;
using OrleansTicker.Tests.Hosting;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>The page's address and title: links lead to a symbol and an interval, and steps can be taken back.</summary>
public sealed class AddressTests(Browser browser, SharedGateway gateway)
{
    [Fact]
    public async Task A_link_leads_to_a_symbol_in_an_interval_and_the_title_has_its_price()
    {
        await using var window = await browser.OpenAsync();
        var host = await gateway.StartAsync();
        var page = await VisitAsync(window, new Uri(host.Address, "/eth-usd?interval=5m"));

        await EnterAsync(page, host.DemoApiKey);

        await Expect(page.Locator("#detail .name")).ToHaveTextAsync("ETH-USD");
        await Expect(RowOf(page, "ETH-USD")).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(page.Locator("#chart input[value='5m']")).ToBeCheckedAsync();
        await Expect(page).ToHaveTitleAsync(new Regex(@"^[\d,]+\.\d\d+ ETH-USD · OrleansTicker$"));
    }

    [Fact]
    public async Task The_address_names_what_is_chosen_and_the_way_back_leads_to_what_was_chosen_before()
    {
        await using var window = await browser.OpenAsync();
        var scripted = await ScriptedGateway.ConnectAsync(window);
        var page = scripted.Page;
        scripted.Say(1, 0, ("BTC-USD", "42000.11"), ("ETH-USD", "2500"), ("SOL-USD", "95"));

        await RowOf(page, "BTC-USD").ClickAsync();
        await page.Locator("#chart label", new() { HasTextString = "15m" }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{ScriptedGateway.Origin}/BTC-USD?interval=15m");
        scripted.Say(2, 1, ("BTC-USD", "42000.12")); // Without one for a while, the title would say so.
        await Expect(page).ToHaveTitleAsync("42,000.12 BTC-USD · OrleansTicker");
        await RowOf(page, "SOL-USD").ClickAsync();
        await Expect(page).ToHaveURLAsync($"{ScriptedGateway.Origin}/SOL-USD?interval=15m");
        await page.GoBackAsync();
        scripted.Say(3, 2, ("BTC-USD", "42000.13"));

        await Expect(page).ToHaveTitleAsync("42,000.13 BTC-USD · OrleansTicker");
        await Expect(RowOf(page, "BTC-USD")).ToHaveAttributeAsync("aria-selected", "true");
        await page.ReloadAsync();
        await ExpectLiveAsync(page);
        scripted.Say(3, 0, ("BTC-USD", "42000.13"));
        await Expect(page.Locator("#detail .name")).ToHaveTextAsync("BTC-USD");
        await Expect(page.Locator("#chart input[value='15m']")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_link_to_a_symbol_that_does_not_exist_says_so_and_leaves_the_list_as_it_is()
    {
        await using var window = await browser.OpenAsync();
        var scripted = await ScriptedGateway.ConnectAsync(window, path: "/NONE-USD");
        var page = scripted.Page;

        scripted.Say(1, 0, ("BTC-USD", "42000"));

        await Expect(page.Locator("#detail .name")).ToHaveTextAsync("NONE-USD");
        await Expect(page.Locator("#detail p.price")).ToHaveTextAsync("–");
        await Expect(PriceOf(page, "BTC-USD")).ToHaveTextAsync("42,000.00");
        await RowOf(page, "BTC-USD").ClickAsync();
        await Expect(page.Locator("#detail p.price")).ToHaveTextAsync("42,000.00");
    }
}
