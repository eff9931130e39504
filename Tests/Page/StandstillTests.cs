using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>A connection that is fine and brings no new price.</summary>
public sealed class StandstillTests(Browser browser)
{
    /// <summary>In this time the server is asked once at least.</summary>
    private const int LongestPaceMs = 10_000;

    private static readonly DateTime Begin = DateTime.UnixEpoch.AddYears(60);

    [Fact]
    public async Task It_is_told_whatever_the_server_says_and_never_live()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await StandStillAsync(window);

        await ExpectAsync("^No new price for \\d+ s\\.$", null);
        await ExpectAsync("The server says: No usable price from Coinbase for 12 s\\.$", "Degraded\nNo usable price from Coinbase for 12 s\n", status: 200);
        await ExpectAsync(
            "The server says: The gateway stops\\. The cluster cannot be reached\\.$",
            "Unhealthy\r\nThe gateway stops.\r\nThe cluster cannot be reached.",
            "text/plain; charset=utf-8");
        await ExpectAsync("The server is not ready\\.$", "Unhealthy");
        await ExpectAsync("The server reports no fault\\.$", "Healthy", status: 200);
        await ExpectAsync("^No new price for \\d+ s\\.$", "Degraded\nNothing", "text/html");

        async Task ExpectAsync(string words, string? body, string type = "text/plain", int status = 503)
        {
            gateway.Readiness = body is null ? null : new() { Status = status, ContentType = type, Body = body };
            await gateway.Page.RunAndWaitForRequestAsync(() => window.Clock.RunForAsync(LongestPaceMs), "**/health/ready");

            await Expect(NoticeOf(gateway.Page)).ToHaveTextAsync(new Regex(words));
            await Expect(NoticeOf(gateway.Page)).ToHaveTextAsync(new Regex("^No new price for \\d+ s\\."));
            await Expect(gateway.Page.Locator("body")).ToHaveAttributeAsync("data-state", "still");
            await Expect(gateway.Page).ToHaveTitleAsync(new Regex("^No new price"));
        }
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
    public async Task A_screen_reader_hears_of_it_once_however_long_it_lasts()
    {
        await using var window = await browser.OpenAsync();
        var page = (await ShowAsync(window)).Page;
        await Expect(page.Locator("#chart .chart-words")).ToHaveTextAsync(new Regex("No candles of this interval yet\\.$"));
        await page.EvaluateAsync("""
            window.heard = [];
            new MutationObserver((changes) => {
              for (const { target } of changes) {
                const region = (target instanceof Element ? target : target.parentElement).closest('[aria-live], [role=status], [role=alert]');
                if (region !== null && region.getAttribute('aria-live') !== 'off' && region.textContent !== '') {
                  heard.push(region.textContent);
                }
              }
            }).observe(document.body, { subtree: true, childList: true, characterData: true });
            """);

        await PauseAsync(window);
        for (var seconds = 0; seconds < 60; seconds++)
        {
            await window.Clock.RunForAsync(1_000);
        }

        await Expect(NoticeOf(page)).ToHaveTextAsync(new Regex("^No new price for 1\\d\\d s\\."));
        Assert.Matches("^No new price for ", Assert.Single(await page.EvaluateAsync<string[]>("heard")));
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
        var gateway = await ShowAsync(window);
        gateway.Readiness = readiness;
        await PauseAsync(window);
        await Expect(StateOf(gateway.Page)).ToHaveTextAsync("No new price");
        return gateway;
    }

    /// <summary>A page that got one price.</summary>
    private static async Task<ScriptedGateway> ShowAsync(IBrowserContext window)
    {
        await window.Clock.InstallAsync(new() { TimeDate = Begin });
        var gateway = await ScriptedGateway.ConnectAsync(window);
        gateway.Say(1, 0, ("BTC-USD", "42000"));
        await Expect(PriceOf(gateway.Page, "BTC-USD")).ToHaveTextAsync("42,000.00");
        return gateway;
    }

    private static Task PauseAsync(IBrowserContext window) => window.Clock.PauseAtAsync(Begin.AddMinutes(1));
}
