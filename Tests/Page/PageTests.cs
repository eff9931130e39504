using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansTicker.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OrleansTicker.Tests.Page;

/// <summary>The page in a real browser, before a running gateway.</summary>
public sealed partial class PageTests(Browser browser)
{
    /// <summary>Longer than the longest wait between two attempts.</summary>
    private const float PatienceMs = 30_000;

    [Fact]
    public async Task With_the_key_the_state_is_live_and_prices_move()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await VisitAsync(window, host.Address);

        await EnterAsync(page, host.DemoApiKey);

        await ExpectLiveAsync(page);
        await ExpectPricesToMoveAsync(page);
        await Expect(page.Locator(".quote .change").First).ToHaveTextAsync(new Regex("\\d %"));
        await Expect(page.Locator("#rate")).ToHaveTextAsync(new Regex("^[0-9.]*[1-9][0-9.]*$"));
        await Expect(page.Locator("#age")).ToHaveTextAsync(new Regex("^\\d[0-9.]* m?s$"));
    }

    [Fact]
    public async Task The_page_does_nothing_that_its_content_policy_forbids_and_what_is_inline_does_not_run()
    {
        await using var window = await browser.OpenAsync();
        await window.AddInitScriptAsync("window.violations = []; addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective));");
        await using var host = await GatewayHost.StartAsync();
        var page = await VisitAsync(window, host.Address);

        await EnterAsync(page, host.DemoApiKey);
        await ExpectLiveAsync(page);
        await ExpectPricesToMoveAsync(page);

        Assert.Empty(await page.EvaluateAsync<string[]>("violations"));
        await page.EvaluateAsync("document.body.insertAdjacentHTML('beforeend', '<img src=\"/none.png\" onerror=\"window.hasRun = true\">')");
        await page.WaitForFunctionAsync("() => violations.length === 1");
        Assert.Null(await page.EvaluateAsync<bool?>("window.hasRun ?? null"));
    }

    [Fact]
    public async Task A_wrong_key_is_told_in_words()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await VisitAsync(window, host.Address);

        await EnterAsync(page, "otk_wrong");

        await Expect(page.Locator("#notice")).ToHaveTextAsync("This API key is not valid.");
        await Expect(page.Locator("#state")).ToHaveTextAsync("Not connected");
        await Expect(page.Locator("#api-key")).ToBeFocusedAsync();

        await EnterAsync(page, host.DemoApiKey);

        await ExpectLiveAsync(page);
        await Expect(page.Locator("#notice")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Neither_key_nor_token_ever_stands_in_a_url()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await window.NewPageAsync();
        List<string> urls = [];
        page.Request += (_, request) => urls.Add(request.Url);
        page.WebSocket += (_, socket) => urls.Add(socket.Url);
        page.FrameNavigated += (_, frame) => urls.Add(frame.Url);
        await page.GotoAsync(host.Address.ToString());

        var answer = await page.RunAndWaitForResponseAsync(() => EnterAsync(page, host.DemoApiKey), "**/auth/token");
        var token = (await answer.JsonAsync<JsonElement>()).GetProperty("token").GetString()!;

        await ExpectLiveAsync(page);
        urls.Add(page.Url);
        Assert.Contains(urls, url => url.Contains("/ws/ticker", StringComparison.Ordinal));
        Assert.All(urls, url =>
        {
            Assert.DoesNotContain(token, url, StringComparison.Ordinal);
            Assert.DoesNotContain(host.DemoApiKey, url, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_key_outlives_a_reload_but_not_its_tab()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await VisitAsync(window, host.Address);
        await EnterAsync(page, host.DemoApiKey);
        await ExpectLiveAsync(page);

        await page.ReloadAsync();

        await ExpectLiveAsync(page);
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length"));
        Assert.Equal("", await page.EvaluateAsync<string>("document.cookie"));
        var otherTab = await VisitAsync(window, host.Address);
        await Expect(otherTab.Locator("#state")).ToHaveTextAsync("Not connected");
    }

    [Fact]
    public async Task A_forgotten_key_is_gone_and_so_are_the_prices()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await VisitAsync(window, host.Address);
        await EnterAsync(page, host.DemoApiKey);
        await ExpectLiveAsync(page);

        await page.ClickAsync("#forget");

        await Expect(page.Locator("#state")).ToHaveTextAsync("Not connected");
        await Expect(page.Locator(".quote")).ToHaveCountAsync(0);
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length"));
    }

    [Fact]
    public async Task A_dead_server_is_told_in_words()
    {
        await using var window = await browser.OpenAsync();
        IPage page;
        await using (var host = await GatewayHost.StartAsync())
        {
            page = await VisitAsync(window, host.Address);
            await EnterAsync(page, host.DemoApiKey);
            await ExpectLiveAsync(page);
        }

        await Expect(page.Locator("#state")).ToHaveTextAsync("Reconnecting");
        await Expect(page.Locator("#notice")).ToHaveTextAsync("The server does not answer.", new() { Timeout = PatienceMs });
    }

    [Fact]
    public async Task When_the_server_comes_back_the_page_resumes_by_itself()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await VisitAsync(window, host.Address);
        await EnterAsync(page, host.DemoApiKey);
        await ExpectLiveAsync(page);
        await ExpectPricesToMoveAsync(page);
        List<string> addresses = [];
        page.WebSocket += (_, socket) => addresses.Add(socket.Url);
        await page.EvaluateAsync("""
            window.states = [];
            new MutationObserver(() => states.push(document.querySelector('#state').textContent))
              .observe(document.querySelector('#state'), { childList: true });
            """);

        await host.RestartAsync();

        await page.WaitForFunctionAsync("states.includes('Reconnecting')");
        await ExpectLiveAsync(page);
        await ExpectPricesToMoveAsync(page);
        Assert.Matches("/ws/ticker\\?epoch=[1-9]\\d*&seq=\\d+$", addresses[0]);
    }

    [Fact]
    public async Task Asked_to_go_the_page_stays_live_until_then_and_resumes()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await window.NewPageAsync();
        var sockets = await WatchSocketsAsync(page);
        await page.GotoAsync(host.Address.ToString());
        await EnterAsync(page, host.DemoApiKey);
        await ExpectLiveAsync(page);
        await ExpectPricesToMoveAsync(page);

        sockets[0].Send("""{"type":"reconnect","after_ms":500}""");
        await ExpectPricesToMoveAsync(page);

        await Eventually.TrueAsync(() => sockets.Count == 2, "a second socket");
        Assert.Matches("/ws/ticker\\?epoch=[1-9]\\d*&seq=\\d+$", sockets[1].Url);
        await ExpectLiveAsync(page);
        await ExpectPricesToMoveAsync(page);
    }

    [Fact]
    public async Task An_expired_token_is_told_in_words_and_replaced()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await window.NewPageAsync();
        var sockets = await WatchSocketsAsync(page);
        await page.GotoAsync(host.Address.ToString());
        await EnterAsync(page, host.DemoApiKey);
        await ExpectLiveAsync(page);

        await page.RunAndWaitForResponseAsync(() => sockets[0].CloseAsync(new() { Code = 4401 }), "**/auth/token");

        await Expect(page.Locator("#notice")).ToHaveTextAsync(new Regex("^The token had expired or was revoked"));
        await ExpectLiveAsync(page);
        Assert.Equal(2, sockets.Count);
    }

    [Fact]
    public async Task Closed_by_an_administrator_the_page_stays_away()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await VisitAsync(window, host.Address);
        await EnterAsync(page, host.DemoApiKey);
        await ExpectLiveAsync(page);

        using var request = new HttpRequestMessage(HttpMethod.Delete, "/admin/connections?user_id=user:demo");
        request.Headers.Authorization = new("Bearer", await host.GetTokenAsync());
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        await Expect(page.Locator("#state")).ToHaveTextAsync("Stopped");
        await Expect(page.Locator("#notice")).ToHaveTextAsync("The server ended the connection: an administrator closed it.");
    }

    [Theory]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task Nothing_is_wider_than_a_phone(int width, ColorScheme scheme)
    {
        await using var window = await browser.OpenAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 700 },
            ColorScheme = scheme,
            IsMobile = true,
        });
        await using var host = await GatewayHost.StartAsync();
        var page = await VisitAsync(window, host.Address);
        await ExpectNoSidewaysScrollAsync(page, width);

        await EnterAsync(page, host.DemoApiKey);

        await ExpectLiveAsync(page);
        await Expect(page.Locator(".quote").First).ToBeVisibleAsync();
        await ExpectNoSidewaysScrollAsync(page, width);
    }

    [GeneratedRegex("/ws/ticker")]
    private static partial Regex WebSocketAddress();

    private static async Task<IPage> VisitAsync(IBrowserContext window, Uri address)
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync(address.ToString());
        return page;
    }

    /// <summary>The sockets that the page opens from now on, in that order; they go to the gateway.</summary>
    private static async Task<List<IWebSocketRoute>> WatchSocketsAsync(IPage page)
    {
        List<IWebSocketRoute> sockets = [];
        await page.RouteWebSocketAsync(WebSocketAddress(), socket =>
        {
            sockets.Add(socket);
            socket.ConnectToServer();
        });
        return sockets;
    }

    private static async Task EnterAsync(IPage page, string key)
    {
        await page.FillAsync("#api-key", key);
        await page.ClickAsync("#connect");
    }

    private static Task ExpectLiveAsync(IPage page) =>
        Expect(page.Locator("#state")).ToHaveTextAsync("Live", new() { Timeout = PatienceMs });

    private static async Task ExpectPricesToMoveAsync(IPage page)
    {
        var prices = page.Locator(".quotes");
        await Expect(page.Locator("[data-symbol] .price").First).ToHaveTextAsync(new Regex("^[0-9,]+\\.[0-9]{2,}$"));
        await Expect(prices).Not.ToHaveTextAsync(await prices.InnerTextAsync(), new() { Timeout = PatienceMs });
    }

    private static async Task ExpectNoSidewaysScrollAsync(IPage page, int width) =>
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
}
