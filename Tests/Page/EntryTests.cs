using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansTicker.Tests.Hosting;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>How a key gets into the page, and out of it.</summary>
public sealed class EntryTests(Browser browser)
{
    [Fact]
    public async Task A_key_may_be_pasted_with_spaces_and_line_ends_and_the_file_of_the_demo_key_is_named()
    {
        await using var window = await browser.OpenAsync(new() { Permissions = ["clipboard-read", "clipboard-write"] });
        await using var host = await GatewayHost.StartAsync();
        var page = await VisitAsync(window, host.Address);
        await Expect(page.Locator("#entry code")).ToHaveTextAsync(Path.Combine(Path.GetDirectoryName(host.KeyPath)!, "demo-api-key"));

        await page.EvaluateAsync("text => navigator.clipboard.writeText(text)", $"  {host.DemoApiKey[..12]}\n{host.DemoApiKey[12..]}\r\n\t");
        await page.FocusAsync("#api-key");
        await page.Keyboard.PressAsync("ControlOrMeta+V");
        await Expect(page.Locator("#api-key")).ToHaveValueAsync(host.DemoApiKey);
        await page.Keyboard.PressAsync("Enter");

        await ExpectLiveAsync(page);
    }

    [Fact]
    public async Task A_key_that_is_revoked_while_prices_come_is_asked_for_again_and_the_prices_are_gone()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.VisitAsync(window, ScriptedGateway.Issued, ScriptedGateway.Json(401, """{"error":"invalid API key"}"""));
        var page = gateway.Page;
        await gateway.EnterKeyAsync();
        await Expect(StateOf(page)).ToHaveTextAsync("Live");
        gateway.Say(1, 0, ("BTC-USD", "42000"));
        await Expect(PriceOf(page, "BTC-USD")).ToHaveTextAsync("42,000.00");

        await gateway.Sockets[0].CloseAsync(new() { Code = 4401 });

        await Expect(page.Locator("#api-key-problem")).ToHaveTextAsync("This API key is not valid.");
        await Expect(page.Locator("#api-key")).ToBeFocusedAsync();
        await Expect(page.Locator("#watchlist .row")).ToHaveCountAsync(0);
        await Expect(page).ToHaveTitleAsync("OrleansTicker");
        Assert.Null(await page.EvaluateAsync<string?>("sessionStorage.getItem('orleansticker.api-key')"));
    }

    [Fact]
    public async Task Offline_is_told_as_such_and_the_page_is_live_again_when_the_network_is_back()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var page = gateway.Page;

        await WatchWordsAsync(page); // The scripted sockets are not offline: the next one may come soon.
        await window.SetOfflineAsync(true);
        await page.UntilAsync("!navigator.onLine");
        await gateway.Sockets[0].CloseAsync(new() { Code = 1012 });
        await page.UntilAsync("said.includes('This device is offline.') && said.includes('Reconnecting')");
        await window.SetOfflineAsync(false);

        await ExpectLiveAsync(page);
    }

    [Fact]
    public async Task Who_may_see_no_symbol_is_told_that_there_is_no_price()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync(
            ("Policies:open:Actions:0", "connection.open"), ("Policies:open:Resources:0", "*"), ("Policies:open:Effect", "Allow"), ("Policies:open:Groups:0", "user"));
        var page = await VisitAsync(window, host.Address);

        await EnterAsync(page, host.DemoApiKey);

        await Expect(page.Locator("#watchlist .empty")).ToHaveTextAsync("Waiting for the first prices…");
        await Expect(NoticeOf(page)).ToHaveTextAsync(new Regex("^No price for \\d+ s"), new() { Timeout = PatienceMs });
    }
}
