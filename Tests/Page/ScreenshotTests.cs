using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansTicker.Tests.Hosting;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>Pictures of the page's main states, to be looked at: in <c>screenshots</c>, beside the tests.</summary>
public sealed class ScreenshotTests(Browser browser)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "screenshots");

    /// <summary>Coins with the price of each, so that the list has prices of all sizes.</summary>
    private static readonly (string Coin, string Price)[] Coins =
    [
        ("AAVE", "93.1"), ("ADA", "0.412"), ("AVAX", "21.6"), ("BCH", "481.2"), ("BTC", "42000"), ("DOGE", "0.0812"), ("DOT", "4.31"), ("ETH", "2500"),
        ("LINK", "13.4"), ("LTC", "71.8"), ("NEAR", "2.6"), ("PEPE", "0.0000081"), ("SHIB", "0.00000921"), ("SOL", "95"), ("UNI", "6.2"), ("XRP", "0.52"),
    ];

    private static readonly (int Width, int Height)[] Sizes = [(2560, 1440), (390, 844), (1280, 800)];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_main_states_have_their_pictures(ColorScheme scheme)
    {
        await using var window = await OpenAsync(scheme);
        await using var host = await GatewayHost.StartAsync([.. Coins.Select(coin => ($"Ticker:Simulated:Symbols:{coin.Coin}-USD", (string?)coin.Price))]);
        var page = await VisitAsync(window, host.Address);
        await Expect(page.Locator("#entry code")).ToHaveTextAsync(new Regex("demo-api-key$"));
        await TakeAsync(page, scheme, "entry");

        await EnterAsync(page, host.DemoApiKey);
        await ExpectLiveAsync(page);
        await Expect(page.Locator("#watchlist .row .percent").First).Not.ToHaveTextAsync("–");
        await TakeAsync(page, scheme, "list");

        await RowOf(page, "BTC-USD").ClickAsync();
        await page.Locator("#chart label", new() { HasTextString = "1s" }).ClickAsync();
        await Expect(page.Locator("#chart .chart-legend:not([data-empty])")).ToBeVisibleAsync();
        await page.FillAsync("#alert-value", "43000");
        await page.Locator("#alerts form").GetByRole(AriaRole.Button).ClickAsync();
        await TakeAsync(page, scheme, "symbol");

        await host.StopAsync();
        await Expect(NoticeOf(page)).ToHaveTextAsync("The server does not answer.", new() { Timeout = PatienceMs });
        await TakeAsync(page, scheme, "lost");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task States_of_trouble_have_their_pictures(ColorScheme scheme)
    {
        await using var window = await OpenAsync(scheme);
        var gateway = await ScriptedGateway.ConnectAsync(window, path: "/BTC-USD");
        var page = gateway.Page;
        gateway.Say(1, 0, [.. Coins.Select(coin => ($"{coin.Coin}-USD", coin.Coin is "BTC" or "SOL" ? $"""{coin.Price},"stale":true""" : coin.Price))]);
        gateway.Tell("""{"type":"status","source":"exchanges","feeds":[{"exchange":"coinbase","state":"live"},{"exchange":"kraken","state":"away","cause":"no answer within 10 s"}]}""");
        await Expect(StateOf(page)).ToHaveTextAsync("Live, 1 of 2 exchanges away");
        await TakeAsync(page, scheme, "away");

        await page.FillAsync("#watchlist input", "none");
        await Expect(page.Locator("#watchlist .empty")).ToBeVisibleAsync();
        await TakeAsync(page, scheme, "empty");

        gateway.Tell("""{"type":"status","source":"exchanges","feeds":[{"exchange":"coinbase","state":"away"},{"exchange":"kraken","state":"away","cause":"no answer within 10 s"}]}""");
        await page.FillAsync("#watchlist input", "");
        gateway.Say(2, 1, ("ETH-USD", "2501")); // Without one for a while, the page would say so.
        await Expect(StateOf(page)).ToHaveTextAsync("No exchange is live");
        await TakeAsync(page, scheme, "still");
    }

    private Task<IBrowserContext> OpenAsync(ColorScheme scheme) => browser.OpenAsync(new()
    {
        ViewportSize = new() { Width = Sizes[^1].Width, Height = Sizes[^1].Height },
        ColorScheme = scheme,
        ReducedMotion = ReducedMotion.Reduce,
    });

    private static async Task TakeAsync(IPage page, ColorScheme scheme, string state)
    {
        foreach (var (width, height) in Sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            var name = string.Create(CultureInfo.InvariantCulture, $"{state}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png");
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name) });
        }
    }
}
