using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansTicker.Tests.Hosting;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>What the page says and does when its connection to a running gateway ends.</summary>
public sealed class ReconnectingPageTests(Browser browser)
{
    [Fact]
    public async Task A_dead_server_is_told_in_words()
    {
        await using var window = await browser.OpenAsync();
        IPage page;
        await using (var host = await GatewayHost.StartAsync())
        {
            page = await window.NewPageAsync();
            await ConnectAsync(page, host);
        }

        await Expect(StateOf(page)).ToHaveTextAsync("Reconnecting");
        await Expect(NoticeOf(page)).ToHaveTextAsync("The server does not answer.", new() { Timeout = PatienceMs });
    }

    [Fact]
    public async Task When_the_server_comes_back_the_page_resumes_by_itself()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await window.NewPageAsync();
        await ConnectAsync(page, host);
        await ExpectPricesToMoveAsync(page);
        List<string> addresses = [];
        page.WebSocket += (_, socket) => addresses.Add(socket.Url);
        await WatchWordsAsync(page);

        await host.RestartAsync();

        await page.UntilAsync("said.includes('Reconnecting')");
        await ExpectLiveAsync(page);
        await ExpectPricesToMoveAsync(page);
        Assert.Matches("/ws/ticker\\?detail=full&status=true&epoch=[1-9]\\d*&seq=\\d+$", addresses[0]);
    }

    [Fact]
    public async Task Asked_to_go_the_page_stays_live_until_then_and_resumes()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await window.NewPageAsync();
        var sockets = await WatchSocketsAsync(page);
        await ConnectAsync(page, host);
        await ExpectPricesToMoveAsync(page);

        sockets[0].Send("""{"type":"reconnect","after_ms":500}""");
        await ExpectPricesToMoveAsync(page);

        await Eventually.TrueAsync(() => sockets.Count == 2, "a second socket");
        Assert.Matches("/ws/ticker\\?detail=full&status=true&epoch=[1-9]\\d*&seq=\\d+$", sockets[1].Url);
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
        await ConnectAsync(page, host);

        await page.RunAndWaitForResponseAsync(() => sockets[0].CloseAsync(new() { Code = 4401 }), "**/auth/token");

        await Expect(NoticeOf(page)).ToHaveTextAsync(new Regex("^The token had expired or was revoked"));
        await ExpectLiveAsync(page);
        Assert.Equal(2, sockets.Count);
    }

    [Fact]
    public async Task A_token_that_is_revoked_is_told_in_words_and_replaced()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(host.Address.ToString());
        var issued = await page.RunAndWaitForResponseAsync(() => EnterAsync(page, host.DemoApiKey), "**/auth/token");
        var token = (await issued.JsonAsync())!.Value.GetProperty("token").GetString()!;
        await ExpectLiveAsync(page);

        await page.RunAndWaitForResponseAsync(
            async () =>
            {
                using var revocation = await host.SendAsync(HttpMethod.Post, "/auth/revoke", token, request => request.Content = JsonContent.Create(new { token }));
                revocation.EnsureSuccessStatusCode();
            },
            "**/auth/token");

        await Expect(NoticeOf(page)).ToHaveTextAsync(new Regex("^The token had expired or was revoked"));
        await ExpectLiveAsync(page);
    }

    [Fact]
    public async Task Whose_key_is_revoked_is_asked_for_another_one()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await window.NewPageAsync();
        await ConnectAsync(page, host);
        var token = await host.GetTokenAsync();
        using var list = await host.SendAsync(HttpMethod.Get, "/admin/keys", token);
        var keys = await list.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var id = Assert.Single(keys.GetProperty("keys").EnumerateArray()).GetProperty("id").GetInt64();

        using var revocation = await host.SendAsync(HttpMethod.Post, $"/admin/keys/{id}/revoke", token);

        await Expect(page.Locator("#api-key-problem")).ToHaveTextAsync("This API key is not valid.", new() { Timeout = PatienceMs });
        await Expect(StateOf(page)).ToHaveTextAsync("Not connected");
        await Expect(page.Locator("#watchlist .row")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task After_the_device_has_slept_the_page_is_live_again_by_itself()
    {
        await using var window = await browser.OpenAsync();
        await window.Clock.InstallAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);
        var before = TimeProvider.System.GetUtcNow();
        gateway.Say(before, 1, 0, ("BTC-USD", "42000"));
        await Expect(StateOf(gateway.Page)).ToHaveTextAsync("Live");

        await window.Clock.FastForwardAsync(8 * 3_600_000);
        await Expect(StateOf(gateway.Page)).Not.ToHaveTextAsync("Live");
        await Eventually.TrueAsync(
            async () =>
            {
                gateway.Say(before.AddHours(8), 2, 0, ("BTC-USD", "43000"));
                return await StateOf(gateway.Page).TextContentAsync() == "Live";
            },
            "the page is live");

        await Expect(PriceOf(gateway.Page, "BTC-USD")).ToHaveTextAsync("43,000.00");

        // Half of the last ten seconds, then the age is that of new prices.
        await Expect(gateway.Page.Locator("#health dd").First).ToHaveTextAsync(new Regex("^\\d[0-9.]* m?s$"), new() { Timeout = PatienceMs });
    }

    [Fact]
    public async Task Closed_by_an_administrator_the_page_stays_away()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await window.NewPageAsync();
        await ConnectAsync(page, host);

        using var response = await host.SendAsync(HttpMethod.Delete, "/admin/connections?user_id=user:demo", await host.GetTokenAsync());

        await Expect(StateOf(page)).ToHaveTextAsync("Stopped");
        await Expect(NoticeOf(page)).ToHaveTextAsync("The server ended the connection: an administrator closed it.");
    }
}
