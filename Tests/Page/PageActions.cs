using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansTicker.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OrleansTicker.Tests.Page;

/// <summary>What a person does on the page, and what it then shows.</summary>
internal static partial class PageActions
{
    /// <summary>Longer than the longest wait between two attempts.</summary>
    public const float PatienceMs = 30_000;

    private const string Prices = "[...document.querySelectorAll('#watchlist .row .price')].map(price => price.textContent).join()";

    public static async Task<IPage> VisitAsync(IBrowserContext window, Uri address)
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync(address.ToString());
        return page;
    }

    /// <summary>The sockets that the page opens from now on, in that order; they go to the gateway.</summary>
    public static async Task<List<IWebSocketRoute>> WatchSocketsAsync(IPage page)
    {
        List<IWebSocketRoute> sockets = [];
        await page.RouteWebSocketAsync(WebSocketAddress(), socket =>
        {
            sockets.Add(socket);
            socket.ConnectToServer();
        });
        return sockets;
    }

    public static async Task EnterAsync(IPage page, string key)
    {
        await page.FillAsync("#api-key", key);
        await page.ClickAsync("#connect");
    }

    /// <summary>Opens a gateway's page, connects with the demo key, and waits until prices come.</summary>
    public static async Task ConnectAsync(IPage page, GatewayHost host)
    {
        await page.GotoAsync(host.Address.ToString());
        await EnterAsync(page, host.DemoApiKey);
        await ExpectLiveAsync(page);
    }

    public static Task ExpectLiveAsync(IPage page) =>
        Expect(StateOf(page)).ToHaveTextAsync("Live", new() { Timeout = PatienceMs });

    public static async Task ExpectPricesToMoveAsync(IPage page)
    {
        await Expect(page.Locator("#watchlist .row .price").First).ToHaveTextAsync(new Regex("^[0-9,]+\\.[0-9]{2,}$"));
        var before = await page.EvaluateAsync<string>(Prices);
        await Eventually.TrueAsync(async () => await page.EvaluateAsync<string>(Prices) != before, "prices move");
    }

    /// <summary>
    /// Waits until an expression is true in the page. Playwright's own <c>WaitForFunctionAsync</c> evaluates it again inside the page, which the page's content
    /// policy forbids.
    /// </summary>
    public static Task UntilAsync(this IPage page, string expression) => Eventually.TrueAsync(() => page.EvaluateAsync<bool>(expression), expression);

    /// <summary>Notes in <c>said</c> what the page says about its connection from now on: some of it may be said for a moment only.</summary>
    public static Task WatchWordsAsync(IPage page) => page.EvaluateAsync("""
        window.said = [];
        for (const element of document.querySelectorAll('#health .state, #notice .words')) {
          new MutationObserver(() => said.push(element.textContent)).observe(element, { childList: true });
        }
        """);

    /// <summary>What the page says about its connection and its prices in a word or two.</summary>
    public static ILocator StateOf(IPage page) => page.Locator("#health .state");

    /// <summary>What it says is wrong.</summary>
    public static ILocator NoticeOf(IPage page) => page.Locator("#notice .words");

    /// <summary>The row of a symbol in the list, if it is in sight.</summary>
    public static ILocator RowOf(IPage page, string symbol) =>
        page.Locator("#watchlist .row", new() { Has = page.Locator(".name", new() { HasTextRegex = new Regex($"^{Regex.Escape(symbol)}$") }) });

    /// <summary>The price in the row of a symbol.</summary>
    public static ILocator PriceOf(IPage page, string symbol) => RowOf(page, symbol).Locator(".price");

    [GeneratedRegex("/ws/ticker")]
    private static partial Regex WebSocketAddress();
}
