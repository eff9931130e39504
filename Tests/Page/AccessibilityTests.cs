using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansTicker.Tests.Page.Scripts;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>What could keep people from using the page.</summary>
public sealed class AccessibilityTests(Browser browser)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing(ColorScheme scheme)
    {
        await using var window = await browser.OpenAsync(new() { ColorScheme = scheme });
        var gateway = await ScriptedGateway.VisitAsync(window);
        var page = gateway.Page;
        await ExpectNothingAsync();

        await gateway.EnterKeyAsync();
        await Expect(StateOf(page)).ToHaveTextAsync("Live");
        gateway.Tell("""{"type":"status","source":"exchanges","feeds":[{"exchange":"coinbase","state":"live"},{"exchange":"kraken","state":"away","cause":"no answer"}]}""");
        gateway.Say(1, 0, ("BTC-USD", """42000,"open_24h":41000,"bid":41999,"ask":42001"""), ("ETH-USD", """2500,"open_24h":2600"""), ("SOL-USD", """95,"stale":true"""));
        await Expect(PriceOf(page, "SOL-USD")).ToHaveTextAsync("95.00");
        await ExpectNothingAsync();

        await RowOf(page, "BTC-USD").ClickAsync();
        await page.FillAsync("#alert-value", "1");
        await page.Locator("#alerts form").GetByRole(AriaRole.Button).ClickAsync();
        await ExpectNothingAsync();

        await gateway.Sockets[0].CloseAsync(new() { Code = 1008, Reason = "closed by an administrator" });
        await Expect(StateOf(page)).ToHaveTextAsync("Stopped");
        await ExpectNothingAsync();

        async Task ExpectNothingAsync()
        {
            foreach (var width in new[] { 390, 1280 })
            {
                await page.SetViewportSizeAsync(width, 900);
                await Axe.ExpectNothingAsync(page);
            }
        }
    }

    [Fact]
    public async Task What_is_chosen_is_told_apart_in_the_users_own_colours()
    {
        await using var window = await browser.OpenAsync(new() { ForcedColors = ForcedColors.Active });
        var gateway = await ScriptedGateway.ConnectAsync(window, path: "/BTC-USD");
        var page = gateway.Page;
        gateway.Say(1, 0, ("BTC-USD", """42000,"stale":true"""), ("ETH-USD", "2500"));
        await Expect(RowOf(page, "BTC-USD")).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(RowOf(page, "BTC-USD")).ToHaveClassAsync(new Regex("stale"));
        Assert.Equal(await ColourOfAsync(RowOf(page, "BTC-USD").Locator("b")), await ColourOfAsync(PriceOf(page, "BTC-USD")));
        await page.GetByRole(AriaRole.Button, new() { Name = "By currency" }).ClickAsync();

        Assert.NotEqual(await GroundOfAsync(RowOf(page, "ETH-USD")), await GroundOfAsync(RowOf(page, "BTC-USD")));
        Assert.NotEqual(
            await GroundOfAsync(page.GetByRole(AriaRole.Button, new() { Name = "Starred" })),
            await GroundOfAsync(page.GetByRole(AriaRole.Button, new() { Name = "By currency" })));
        Assert.NotEqual(await GroundOfAsync(page.Locator("#chart input[value='1h'] + span")), await GroundOfAsync(page.Locator("#chart input[value='1m'] + span")));

        static Task<string> ColourOfAsync(ILocator locator) => locator.EvaluateAsync<string>("element => getComputedStyle(element).color");
        static Task<string> GroundOfAsync(ILocator locator) => locator.EvaluateAsync<string>("element => getComputedStyle(element).backgroundColor");
    }

    [Fact]
    public async Task Who_wants_less_motion_gets_none()
    {
        await using var window = await browser.OpenAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        var gateway = await ScriptedGateway.ConnectAsync(window);
        gateway.Say(1, 0, ("BTC-USD", "42000"));

        gateway.Say(2, 1, ("BTC-USD", "42001"));

        await Expect(PriceOf(gateway.Page, "BTC-USD")).ToHaveTextAsync("42,001.00");
        Assert.Equal(0, await gateway.Page.EvaluateAsync<int>("document.getAnimations().length"));
    }
}
