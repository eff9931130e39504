using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansTicker.Tests.Hosting;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>The page in a real browser, before a running gateway.</summary>
public sealed class PageTests(Browser browser)
{
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
        var page = await window.NewPageAsync();
        await ConnectAsync(page, host);

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
        var page = await window.NewPageAsync();
        await ConnectAsync(page, host);

        await page.ClickAsync("#forget");

        await Expect(page.Locator("#state")).ToHaveTextAsync("Not connected");
        await Expect(page.Locator(".quote")).ToHaveCountAsync(0);
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length"));
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

    private static async Task ExpectNoSidewaysScrollAsync(IPage page, int width) =>
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
}
