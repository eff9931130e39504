using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace OrleansTicker.Tests.Page;

/// <summary>Prices as they stand on the page, of a gateway that says anything.</summary>
public sealed class ShownPriceTests(Browser browser)
{
    [Theory]
    [InlineData("42000.1", "42000.2", "42,000.20", "+0.10")]
    [InlineData("0.1234567890123456", "42000.1", "42,000.1000000000000000", "+41,999.9765432109876544")]
    [InlineData("0.1234567890123456", "0.1234567890123455", "0.1234567890123455", "−0.0000000000000001")]
    [InlineData("1e21", "1.5E21", "1,500,000,000,000,000,000,000.00", "+500,000,000,000,000,000,000.00")]
    [InlineData("8.12e-06", "8.1300e-06", "0.0000081300", "+0.0000000100")]
    [InlineData("9007199254740993", "9007199254740994.01", "9,007,199,254,740,994.01", "+1.01")]
    [InlineData("-37.63", "-37.6", "−37.60", "+0.03")]
    public async Task It_has_the_digits_that_were_sent(string first, string second, string shown, string change)
    {
        await using var window = await browser.OpenAsync(new() { ViewportSize = new() { Width = 375, Height = 700 } });
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var quote = gateway.Page.Locator("[data-symbol='X-USD']");

        gateway.Say(1, 0, ("X-USD", first));
        gateway.Say(2, 1, ("X-USD", second));

        await Expect(quote.Locator(".price")).ToHaveTextAsync(shown);
        await Expect(quote.Locator(".absolute")).ToHaveTextAsync(change);
        await Expect(quote).ToHaveAttributeAsync("data-trend", change[0] == '+' ? "up" : "down");
        Assert.Equal(375, await gateway.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task It_steps_back_while_it_is_stale()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var quote = gateway.Page.Locator("[data-symbol='X-USD']");

        gateway.Say(1, 0, ("X-USD", """1,"stale":true"""), ("Y-USD", "1"));

        await Expect(quote.GetByText("stale")).ToBeVisibleAsync();
        await Expect(quote).ToHaveClassAsync("quote stale");
        await Expect(gateway.Page.Locator("[data-symbol='Y-USD']").GetByText("stale")).ToBeHiddenAsync();
        gateway.Say(2, 1, ("X-USD", "1"), ("Y-USD", """1,"stale":true"""));
        await Expect(quote.GetByText("stale")).ToBeHiddenAsync();
        await Expect(quote).ToHaveClassAsync("quote");
        await Expect(gateway.Page.Locator("[data-symbol='Y-USD']").GetByText("stale")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_exchanges_stand_above_it_if_there_are_any()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var feeds = gateway.Page.Locator("#feeds");
        Assert.EndsWith("?detail=full&status=true", gateway.Sockets[0].Url, StringComparison.Ordinal);

        gateway.Tell("""{"type":"status","feeds":[{"exchange":"coinbase","state":"live"},{"exchange":"kraken","state":"away","cause":"no <answer>"}]}""");
        await Expect(feeds.Locator("li")).ToHaveTextAsync(["coinbase live", "kraken away: no <answer>"]);
        await Expect(feeds.Locator(".away")).ToHaveCountAsync(1);
        gateway.Tell("""{"type":"status","feeds":[]}""");

        await Expect(feeds).ToBeHiddenAsync();
    }

    [Fact]
    public async Task It_follows_a_gateway_that_comes_back_in_a_lower_epoch()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window, epoch: 1_795_510_187_675);
        var price = gateway.Page.Locator("[data-symbol='X-USD'] .price");
        gateway.Say(900, 0, ("X-USD", "1"));
        await Expect(price).ToHaveTextAsync("1.00");

        gateway.Epoch -= 3_600_000;
        await gateway.Sockets[0].CloseAsync(new() { Code = 1012 });
        await Expect(gateway.Page.Locator("#notice")).ToHaveTextAsync(new Regex("^Connected again"));
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
        var age = gateway.Page.Locator("#age");

        gateway.Say(now, 1, 0, ("X-USD", "1"));
        await Expect(age).ToHaveTextAsync(new Regex("^[0-9.]+ m?s$"));
        await window.Clock.SetSystemTimeAsync(now.UtcDateTime);
        gateway.Say(now.AddSeconds(1), 2, 1, ("X-USD", "2"));
        await Expect(age).ToHaveTextAsync(new Regex("^[0-9.]+ m?s$"));
        await window.Clock.FastForwardAsync(120_000);

        await Expect(age).ToHaveTextAsync("2 min");
    }
}
