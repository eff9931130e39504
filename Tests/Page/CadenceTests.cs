using System.Globalization;
using Microsoft.Playwright;
using OrleansTicker.Tests.Hosting;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>How often prices come: as chosen, and less often while nobody looks.</summary>
public sealed class CadenceTests(Browser browser)
{
    private const string Choice = "#cadence";

    [Fact]
    public async Task In_the_background_prices_come_once_a_second_and_are_right_at_once_after_coming_back()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var page = gateway.Page;
        gateway.Say(1, 0, ("BTC-USD", "42000"));
        await Expect(PriceOf(page, "BTC-USD")).ToHaveTextAsync("42,000.00");

        await HideAsync(page, true);
        await SaidAsync(gateway, 1_000);
        gateway.Say(2, 1, ("BTC-USD", "42001"));
        await Expect(page).ToHaveTitleAsync("42,001.00 BTC-USD · OrleansTicker");
        await HideAsync(page, false);

        await Expect(PriceOf(page, "BTC-USD")).ToHaveTextAsync("42,001.00", new() { Timeout = 1_000 });
        await SaidAsync(gateway, 0);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    public async Task What_is_chosen_is_asked_for_and_outlives_a_reload(int interval)
    {
        var value = interval.ToString(CultureInfo.InvariantCulture);
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);

        await gateway.Page.SelectOptionAsync(Choice, value);
        await SaidAsync(gateway, interval);
        gateway.Said.Clear();
        await gateway.Page.ReloadAsync();

        await SaidAsync(gateway, interval);
        await Expect(gateway.Page.Locator(Choice)).ToHaveValueAsync(value);
    }

    /// <summary>Makes the page believe that its tab is in the background, or no longer: without a window, Chromium has no tabs to switch between.</summary>
    private static async Task HideAsync(IPage page, bool isHidden) => await page.EvaluateAsync(
        "isHidden => { Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", isHidden);

    private static Task SaidAsync(ScriptedGateway gateway, int interval)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $$"""{"type":"subscribe","interval_ms":{{interval}}}""");
        return Eventually.TrueAsync(() => gateway.Said.Contains(message), message);
    }
}
