using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansTicker.Tests.Hosting;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>The page in a real browser, before a running gateway.</summary>
public sealed class PageTests(Browser browser, SharedGateway gateway)
{
    [Fact]
    public async Task With_the_key_the_state_is_live_and_prices_move()
    {
        await using var window = await browser.OpenAsync();
        var host = await gateway.StartAsync();
        var page = await VisitAsync(window, host.Address);

        await EnterAsync(page, host.DemoApiKey);

        await ExpectLiveAsync(page);
        await ExpectPricesToMoveAsync(page);
        await Expect(page.Locator("#watchlist .row .percent").First).ToHaveTextAsync(new Regex("^[+−]?\\d[\\d.]* %$"));
        await Expect(page.Locator("#watchlist .head .change")).ToHaveTextAsync("24 h change");
        await Expect(page.Locator("#health dd").Nth(2)).ToHaveTextAsync(new Regex("^[0-9.]*[1-9][0-9.]*$"));
        await Expect(page.Locator("#health dd").First).ToHaveTextAsync(new Regex("^\\d[0-9.]* m?s$"));
        await Expect(page.Locator("#origin")).ToHaveTextAsync("Simulated prices");
        await Expect(page.Locator("#detail .made-up")).ToHaveTextAsync(new Regex("simulated"));
    }

    [Fact]
    public async Task The_page_does_nothing_that_its_content_policy_forbids_and_what_is_inline_does_not_run()
    {
        await using var window = await browser.OpenAsync();
        await window.AddInitScriptAsync("window.violations = []; addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective));");
        var host = await gateway.StartAsync();
        var page = await VisitAsync(window, host.Address);

        await EnterAsync(page, host.DemoApiKey);
        await ExpectLiveAsync(page);
        await ExpectPricesToMoveAsync(page);

        Assert.Empty(await page.EvaluateAsync<string[]>("violations"));
        await page.EvaluateAsync("document.body.insertAdjacentHTML('beforeend', '<img src=\"/none.png\" onerror=\"window.hasRun = true\">')");
        await page.UntilAsync("violations.length === 1");
        Assert.Null(await page.EvaluateAsync<bool?>("window.hasRun ?? null"));
    }

    [Fact]
    public async Task A_wrong_key_is_told_in_words()
    {
        await using var window = await browser.OpenAsync();
        var host = await gateway.StartAsync();
        var page = await VisitAsync(window, host.Address);

        await EnterAsync(page, "otk_wrong");

        await Expect(page.Locator("#api-key-problem")).ToHaveTextAsync("This API key is not valid.");
        await Expect(StateOf(page)).ToHaveTextAsync("Not connected");
        await Expect(page.Locator("#api-key")).ToBeFocusedAsync();

        await EnterAsync(page, host.DemoApiKey);

        await ExpectLiveAsync(page);
        await Expect(NoticeOf(page)).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Neither_key_nor_token_ever_stands_in_a_url()
    {
        await using var window = await browser.OpenAsync();
        var host = await gateway.StartAsync();
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
        var host = await gateway.StartAsync();
        var page = await window.NewPageAsync();
        await ConnectAsync(page, host);

        await page.ReloadAsync();

        await ExpectLiveAsync(page);
        Assert.DoesNotContain(host.DemoApiKey, await page.EvaluateAsync<string>("JSON.stringify(localStorage)"), StringComparison.Ordinal);
        Assert.Equal("", await page.EvaluateAsync<string>("document.cookie"));
        var otherTab = await VisitAsync(window, host.Address);
        await Expect(StateOf(otherTab)).ToHaveTextAsync("Not connected");
    }

    [Fact]
    public async Task A_forgotten_key_is_gone_and_so_are_the_prices()
    {
        await using var window = await browser.OpenAsync();
        var host = await gateway.StartAsync();
        var page = await window.NewPageAsync();
        await ConnectAsync(page, host);

        await page.ClickAsync("#forget");

        await Expect(StateOf(page)).ToHaveTextAsync("Not connected");
        await Expect(page.Locator("#watchlist .row")).ToHaveCountAsync(0);
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length"));
    }

    [Theory]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Nothing_is_wider_than_a_phone(int width, ColorScheme scheme)
    {
        await using var window = await browser.OpenAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 700 },
            ColorScheme = scheme,
            IsMobile = true,
        });
        var host = await gateway.StartAsync();
        var page = await VisitAsync(window, host.Address);
        await ExpectNoSidewaysScrollAsync(page, width);

        await EnterAsync(page, host.DemoApiKey);

        await ExpectLiveAsync(page);
        await Expect(page.Locator("#watchlist .row").First).ToBeVisibleAsync();
        await ExpectNoSidewaysScrollAsync(page, width);
        await page.Locator("#watchlist .row").First.ClickAsync();
        await Expect(page.Locator("#detail")).ToBeVisibleAsync();
        await ExpectNoSidewaysScrollAsync(page, width);
        await page.ClickAsync("#to-list");
        await Expect(page.Locator("#watchlist .row").First).ToBeVisibleAsync();
    }

    private static async Task ExpectNoSidewaysScrollAsync(IPage page, int width) =>
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
}
