using System.Text.RegularExpressions;
using OrleansTicker.Tests.Hosting;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>Where prices come from: the exchanges behind a price, and what is said when one of them is away.</summary>
public sealed class SourcesTests(Browser browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_exchanges_stand_behind_a_price_with_their_own_and_one_that_dies_is_told()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await ExchangesHost.StartAsync(Stop, ("Consolidation:MaxSilence", "00:05:00")); // A lost connection is no silence.
        var page = await window.NewPageAsync();
        var exchanges = page.Locator("#detail .exchanges tbody tr");
        await ConnectAsync(page, host.Gateway);

        host.Quote(42_010m, "Kraken");

        await Expect(page.Locator("#origin")).ToHaveTextAsync("Prices of 5 exchanges");
        await Expect(exchanges).ToHaveCountAsync(5);
        await Expect(exchanges.Filter(new() { HasText = "kraken" }).Locator(".price")).ToHaveTextAsync("42,010.00");
        await Expect(exchanges.Filter(new() { HasText = "okx" }).Locator(".price")).ToHaveTextAsync("42,000.00");
        await Expect(exchanges.Filter(new() { HasText = "okx" }).Locator(".age")).ToHaveTextAsync(new Regex("^(now|\\d+ s)$"));
        await Expect(page.Locator("#detail .spread")).ToHaveTextAsync("Highest less lowest: 10.00 USD, 0.024 %");
        await Expect(page.Locator("#detail .grounds")).ToHaveTextAsync(new Regex("^It rests on the prices of 5 exchanges, "));
        await Expect(page.Locator("#watchlist .row .name")).ToHaveTextAsync(["BTC-USD"]);

        host.Exchanges["okx"].Do(okx =>
        {
            okx.Misbehaviour.RefusesWith = 503;
            foreach (var connection in okx.Open.ToList())
            {
                connection.Drop();
            }
        });

        await Expect(StateOf(page)).ToHaveTextAsync("Live, 1 of 5 exchanges away", new() { Timeout = PatienceMs });
        await Expect(exchanges.Filter(new() { HasText = "okx" })).ToHaveAttributeAsync("data-state", "away");
        await Expect(exchanges.Filter(new() { HasText = "okx" }).Locator(".state")).ToHaveTextAsync(new Regex("^away: ."));
    }

    [Fact]
    public async Task If_all_exchanges_are_away_the_page_does_not_say_live_although_its_connection_is_fine()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var page = gateway.Page;
        gateway.Say(1, 0, ("BTC-USD", "42000"));

        gateway.Tell("""{"type":"status","source":"exchanges","feeds":[{"exchange":"coinbase","state":"away","cause":"no <answer>"},{"exchange":"kraken","state":"away"}]}""");

        await Expect(StateOf(page)).ToHaveTextAsync("No exchange is live");
        await Expect(page).ToHaveTitleAsync("No exchange is live · BTC-USD · OrleansTicker");
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-state", "still"); // Its prices are grey.
        await Expect(page.Locator("#detail .exchanges tbody .state")).ToHaveTextAsync(["away: no <answer>", "away"]);
        await Expect(page.Locator("#detail")).ToHaveClassAsync(new Regex("stale"));
    }

    [Fact]
    public async Task A_price_that_is_out_of_date_looks_so_everywhere_and_one_that_is_not_does_not()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window, path: "/BTC-USD");
        var page = gateway.Page;

        gateway.Say(1, 0, ("BTC-USD", """42000,"stale":true"""), ("ETH-USD", "2500"), ("SOL-USD", "95"));

        await Expect(StateOf(page)).ToHaveTextAsync("Live, 1 of 3 prices out of date");
        await Expect(RowOf(page, "BTC-USD")).ToHaveClassAsync(new Regex("stale"));
        await Expect(RowOf(page, "ETH-USD")).Not.ToHaveClassAsync(new Regex("stale"));
        await Expect(page.Locator("#chart .chart-stale")).ToHaveTextAsync("Out of date");
        await RowOf(page, "ETH-USD").ClickAsync();
        await Expect(page.Locator("#chart .chart-stale")).ToBeEmptyAsync();
        gateway.Say(2, 1, ("ETH-USD", """2500,"stale":true"""));
        await Expect(page.Locator("#chart .chart-stale")).ToHaveTextAsync("Out of date");
        await Expect(page.Locator("#health")).ToHaveAttributeAsync("data-tone", "trouble"); // Two of three are too many.
        gateway.Say(3, 2, ("BTC-USD", "42001"), ("ETH-USD", "2501"));
        await Expect(page.Locator("#chart .chart-stale")).ToBeEmptyAsync();
        await Expect(StateOf(page)).ToHaveTextAsync("Live");
    }
}
