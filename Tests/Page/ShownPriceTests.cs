using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>Prices as they stand on the page, of a gateway that says anything.</summary>
public sealed partial class ShownPriceTests(Browser browser)
{
    [Fact]
    public async Task It_has_the_digits_that_were_sent()
    {
        (string First, string Second, string Shown, string Change)[] prices =
        [
            ("42000.1", "42000.2", "42,000.20", "+0.10"),
            ("0.1234567890123456", "42000.1", "42,000.1000000000000000", "+41,999.9765432109876544"),
            ("0.1234567890123456", "0.1234567890123455", "0.1234567890123455", "−0.0000000000000001"),
            ("1e21", "1.5E21", "1,500,000,000,000,000,000,000.00", "+500,000,000,000,000,000,000.00"),
            ("8.12e-06", "8.1300e-06", "0.0000081300", "+0.0000000100"),
            ("9007199254740993", "9007199254740994.01", "9,007,199,254,740,994.01", "+1.01"),
            ("-37.63", "-37.6", "−37.60", "+0.03"),
        ];
        await using var window = await browser.OpenAsync(new() { ViewportSize = new() { Width = 375, Height = 700 } });
        var gateway = await ScriptedGateway.ConnectAsync(window);

        for (var number = 0; number < prices.Length; number++)
        {
            var (first, second, shown, change) = prices[number];
            var symbol = $"X{number}-USD"; // The digits of a symbol's prices stay.
            var quote = RowOf(gateway.Page, symbol);
            gateway.Say((2 * number) + 1, 0, (symbol, first)); // A snapshot.
            gateway.Say((2 * number) + 2, (2 * number) + 1, (symbol, $"""{second},"open_24h":{first}"""));

            await Expect(quote.Locator(".price")).ToHaveTextAsync(shown);
            await Expect(quote.Locator(".absolute")).ToHaveTextAsync(change);
            await Expect(quote).ToHaveAttributeAsync("data-trend", change[0] == '+' ? "up" : "down");
            Assert.Equal(375, await gateway.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }

    [Fact]
    public async Task It_steps_back_at_once_while_it_is_stale_and_says_how_old_it_is()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var (quote, other) = (RowOf(gateway.Page, "X-USD"), RowOf(gateway.Page, "Y-USD"));

        gateway.Say(1, 0, ("X-USD", """1,"stale":true"""), ("Y-USD", "1"));

        await Expect(quote).ToHaveClassAsync("row stale");
        await Expect(quote.Locator(".age")).ToHaveTextAsync(Age());
        await Expect(other).ToHaveClassAsync("row");
        await Expect(gateway.Page.Locator("#detail .old")).ToHaveTextAsync(new Regex("^Out of date, \\d+ s old$"));
        await Expect(gateway.Page).ToHaveTitleAsync("Out of date · X-USD · OrleansTicker");
        Assert.NotEqual(await ColourAsync(other), await ColourAsync(quote));
        gateway.Say(2, 1, ("X-USD", "1"), ("Y-USD", """1,"stale":true"""));
        await Expect(quote).ToHaveClassAsync("row");
        await Expect(quote.Locator(".age")).ToBeEmptyAsync();
        await Expect(other.Locator(".age")).ToHaveTextAsync(Age());
    }

    [Fact]
    public async Task If_all_are_stale_the_page_does_not_say_live()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);

        gateway.Say(1, 0, ("X-USD", """1,"stale":true"""), ("Y-USD", """1,"stale":true"""));

        await Expect(StateOf(gateway.Page)).ToHaveTextAsync("All prices are out of date");
    }

    [Fact]
    public async Task It_follows_a_gateway_that_comes_back_in_a_lower_epoch()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window, epoch: 1_795_510_187_675);
        var price = PriceOf(gateway.Page, "X-USD");
        gateway.Say(900, 0, ("X-USD", "1"));
        await Expect(price).ToHaveTextAsync("1.00");

        gateway.Epoch -= 3_600_000;
        await gateway.Sockets[0].CloseAsync(new() { Code = 1012 });
        await Expect(NoticeOf(gateway.Page)).ToHaveTextAsync(new Regex("^Connected again"));
        gateway.Say(3, 0, ("X-USD", "2"));
        await Expect(price).ToHaveTextAsync("2.00");
        gateway.Say(4, 3, ("X-USD", "3"));

        await Expect(price).ToHaveTextAsync("3.00");
        Assert.Equal(2, gateway.Sockets.Count);
    }

    [Fact]
    public async Task Its_age_does_not_depend_on_the_clock_of_the_device()
    {
        var now = new DateTimeOffset(2026, 11, 26, 5, 0, 0, TimeSpan.Zero);
        await using var window = await browser.OpenAsync();
        await window.Clock.InstallAsync(new() { TimeDate = now.AddMinutes(5).UtcDateTime });
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var age = gateway.Page.Locator("#health dd").First;

        gateway.Say(now, 1, 0, ("X-USD", "1"));
        await Expect(age).ToHaveTextAsync(new Regex("^[0-9.]+ m?s$"));
        await window.Clock.SetSystemTimeAsync(now.UtcDateTime);
        gateway.Say(now.AddSeconds(1), 2, 1, ("X-USD", "2"));
        await Expect(age).ToHaveTextAsync(new Regex("^[0-9.]+ m?s$"));
        await window.Clock.FastForwardAsync(180_000);

        await Expect(age).ToHaveTextAsync("2 min");
    }

    private static Task<string> ColourAsync(ILocator row) => row.Locator(".price").EvaluateAsync<string>("price => getComputedStyle(price).color");

    [GeneratedRegex("^\\d+ s old$")]
    private static partial Regex Age();
}
