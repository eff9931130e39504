using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>Alerts, from the form to what is told when one fires.</summary>
public sealed class AlertTests(Browser browser)
{
    [Fact]
    public async Task It_fires_once_and_is_kept()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var page = gateway.Page;
        gateway.Say(1, 0, ("BTC-USD", "42000"));
        await Expect(page.Locator("#alerts form .symbol")).ToHaveTextAsync("BTC-USD");

        await AddAsync(page, "above", "42,000.5");
        await Expect(page.Locator("#alerts li")).ToHaveTextAsync(new Regex("^BTC-USD.*at 42,000.50 or above.*Armed"));
        gateway.Say(2, 1, ("BTC-USD", "42000.4999"));
        gateway.Say(3, 2, ("BTC-USD", "42000.5"));

        await Expect(page.Locator("#alerts .news")).ToHaveTextAsync("BTC-USD is at 42,000.50. Alert: at 42,000.50 or above.");
        await Expect(page.Locator("#alerts li .state")).ToHaveTextAsync(new Regex("^Fired at .*, at 42,000.50$"));
        await page.ReloadAsync();
        await Expect(StateOf(page)).ToHaveTextAsync("Live");
        gateway.Say(4, 0, ("BTC-USD", "42001"));
        await Expect(page.Locator("#detail p.price")).ToHaveTextAsync("42,001.00");
        await Expect(page.Locator("#alerts li .state")).ToHaveTextAsync(new Regex("^Fired at .*, at 42,000.50$"));
        await Expect(page.Locator("#alerts .news")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_move_in_percent_fires_within_its_time()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var page = gateway.Page;
        gateway.Say(1, 0, ("BTC-USD", "40000"));
        await Expect(page.Locator("#alerts form .symbol")).ToHaveTextAsync("BTC-USD");

        await page.SelectOptionAsync("#alert-kind", "percent");
        await page.FillAsync("#alert-minutes", "5");
        await page.FillAsync("#alert-value", "2");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#alerts li")).ToHaveTextAsync(new Regex("^BTC-USD.*2 %.*5 min.*Armed"));
        gateway.Say(2, 1, ("BTC-USD", "40799"));
        await Expect(page.Locator("#detail p.price")).ToHaveTextAsync("40,799.00");
        await Expect(page.Locator("#alerts .news")).ToBeEmptyAsync();
        gateway.Say(3, 2, ("BTC-USD", "40801"));

        await Expect(page.Locator("#alerts .news")).ToHaveTextAsync(new Regex("^BTC-USD"));
        await Expect(page.Locator("#alerts li .state")).ToHaveTextAsync(new Regex("^Fired at "));
    }

    [Fact]
    public async Task A_stale_price_fires_none_and_a_wrong_number_is_told()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var page = gateway.Page;
        gateway.Say(1, 0, ("BTC-USD", "42000"));
        await Expect(page.Locator("#alerts form .symbol")).ToHaveTextAsync("BTC-USD");

        await AddAsync(page, "below", "4,2");
        await Expect(page.Locator("#alert-problem")).Not.ToBeEmptyAsync();
        await Expect(page.Locator("#alert-value")).ToBeFocusedAsync();
        await AddAsync(page, "below", "41000");
        await Expect(page.Locator("#alert-problem")).ToBeEmptyAsync();
        gateway.Say(2, 1, ("BTC-USD", """40000,"stale":true"""));
        await Expect(page.Locator("#detail p.price")).ToHaveTextAsync("40,000.00");

        await Expect(page.Locator("#alerts li .state")).ToHaveTextAsync("Armed");
        gateway.Say(3, 2, ("BTC-USD", "40000"));
        await Expect(page.Locator("#alerts li .state")).ToHaveTextAsync(new Regex("^Fired"));
    }

    [Fact]
    public async Task It_is_shown_outside_the_page_if_the_user_allows_that()
    {
        await using var window = await browser.OpenAsync();
        await window.AddInitScriptAsync("""
            window.shown = [];
            window.Notification = class extends EventTarget {
              static permission = 'default';
              static async requestPermission() { return Notification.permission = 'granted'; }
              constructor(title, { body }) { super(); shown.push(`${title}: ${body}`); }
            };
            """);
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var page = gateway.Page;
        gateway.Say(1, 0, ("BTC-USD", "42000"));
        await Expect(page.Locator("#alerts form .symbol")).ToHaveTextAsync("BTC-USD");

        await AddAsync(page, "above", "42001");
        gateway.Say(2, 1, ("BTC-USD", "42001"));
        await Expect(page.Locator("#alerts .news")).ToHaveTextAsync(new Regex("42,001.00"));
        Assert.Empty(await page.EvaluateAsync<string[]>("shown")); // Nobody was asked.

        await page.Locator("#alerts").GetByRole(AriaRole.Button, new() { Name = "Allow notifications" }).ClickAsync();
        await AddAsync(page, "above", "42002");
        gateway.Say(3, 2, ("BTC-USD", "42002"));

        await page.UntilAsync("shown.length > 0");
        Assert.Equal(["OrleansTicker: BTC-USD is at 42,002.00. Alert: at 42,002.00 or above."], await page.EvaluateAsync<string[]>("shown"));
    }

    private static async Task AddAsync(IPage page, string kind, string value)
    {
        await page.SelectOptionAsync("#alert-kind", kind);
        await page.FillAsync("#alert-value", value);
        await page.Locator("#alerts form").GetByRole(AriaRole.Button).ClickAsync();
    }
}
