using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>A connection that is fine and brings no new price.</summary>
public sealed class StandstillTests(Browser browser)
{
    [Theory]
    [InlineData(200, "text/plain", "Degraded\nNo usable price from Coinbase for 12 s\n", "The server says: No usable price from Coinbase for 12 s\\.$")]
    [InlineData(503, "text/plain; charset=utf-8", "Unhealthy\r\nThe gateway stops.\r\nThe cluster cannot be reached.", "The server says: The gateway stops\\. The cluster cannot be reached\\.$")]
    [InlineData(503, "text/plain", "Unhealthy", "The server is not ready\\.$")]
    [InlineData(200, "text/plain", "Healthy", "The server reports no fault\\.$")]
    [InlineData(503, "text/html", "Degraded\nNothing", "^No new price for \\d+ s\\.$")]
    [InlineData(0, null, null, "^No new price for \\d+ s\\.$")]
    public async Task It_is_told_whatever_the_server_says_and_never_live(int status, string? type, string? body, string words)
    {
        await using var window = await browser.OpenAsync();
        var gateway = await StandStillAsync(window, status == 0 ? null : new() { Status = status, ContentType = type, Body = body });

        await gateway.Page.RunAndWaitForRequestAsync(() => window.Clock.RunForAsync(2_000), "**/health/ready");

        await Expect(NoticeOf(gateway.Page)).ToHaveTextAsync(new Regex(words));
        await Expect(NoticeOf(gateway.Page)).ToHaveTextAsync(new Regex("^No new price for \\d+ s\\."));
        await Expect(gateway.Page.Locator("body")).ToHaveAttributeAsync("data-state", "still");
        await Expect(gateway.Page).ToHaveTitleAsync(new Regex("^No new price"));
    }

    [Fact]
    public async Task The_server_is_asked_at_a_modest_pace()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await StandStillAsync(window, ScriptedGateway.Html(200));

        for (var seconds = 0; seconds < 30; seconds++)
        {
            await window.Clock.RunForAsync(1_000);
        }

        Assert.InRange(gateway.ReadinessRequests, 1, 6);
    }

    [Fact]
    public async Task The_next_price_ends_it()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await StandStillAsync(window);

        gateway.Say(2, 1, ("BTC-USD", "42001"));

        await Expect(StateOf(gateway.Page)).ToHaveTextAsync("Live");
        await Expect(NoticeOf(gateway.Page)).ToHaveTextAsync("Prices come again.");
    }

    [Fact]
    public async Task Neither_a_new_connection_nor_a_snapshot_of_what_is_known_ends_it()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await StandStillAsync(window);
        await gateway.Sockets[0].CloseAsync(new() { Code = 1012 });
        await Expect(StateOf(gateway.Page)).ToHaveTextAsync("Reconnecting");
        await window.Clock.RunForAsync(1_000);
        await Expect(NoticeOf(gateway.Page)).ToHaveTextAsync("Connected again, and up to date.");

        gateway.Say(1, 0, ("BTC-USD", "42000"));
        await window.Clock.RunForAsync(1_000);

        await Expect(StateOf(gateway.Page)).ToHaveTextAsync("No new price");
        await Expect(NoticeOf(gateway.Page)).ToHaveTextAsync(new Regex("^No new price for [5-9]\\d s\\."));
    }

    [Fact]
    public async Task A_market_that_never_had_a_price_is_told_so()
    {
        await using var window = await browser.OpenAsync();
        await window.Clock.InstallAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);

        await window.Clock.FastForwardAsync(6_000);

        await Expect(NoticeOf(gateway.Page)).ToHaveTextAsync(new Regex("^No price for \\d+ s\\."));
    }

    /// <summary>A page that got one price, and whose clock has then been put forward and stands.</summary>
    private static async Task<ScriptedGateway> StandStillAsync(IBrowserContext window, RouteFulfillOptions? readiness = null)
    {
        var now = DateTime.UnixEpoch.AddYears(60);
        await window.Clock.InstallAsync(new() { TimeDate = now });
        var gateway = await ScriptedGateway.ConnectAsync(window);
        gateway.Readiness = readiness;
        gateway.Say(1, 0, ("BTC-USD", "42000"));
        await Expect(PriceOf(gateway.Page, "BTC-USD")).ToHaveTextAsync("42,000.00");
        await window.Clock.PauseAtAsync(now.AddMinutes(1));
        await Expect(StateOf(gateway.Page)).ToHaveTextAsync("No new price");
        return gateway;
    }
}
