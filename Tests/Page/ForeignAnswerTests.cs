using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>Answers that are not the gateway's own, as proxies, portals and firewalls give them in its place.</summary>
public sealed class ForeignAnswerTests(Browser browser)
{
    [Fact]
    public async Task They_cost_an_attempt_and_never_the_key()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.VisitAsync(
            window, ScriptedGateway.Html(401), ScriptedGateway.Html(403), ScriptedGateway.Html(400), ScriptedGateway.Html(200));

        await gateway.EnterKeyAsync();

        await Expect(StateOf(gateway.Page)).ToHaveTextAsync("Live", new() { Timeout = 30_000 });
        Assert.Equal(5, gateway.TokenRequests);
        await Expect(gateway.Page.Locator("#api-key")).Not.ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Equal("otk_scripted", await gateway.Page.EvaluateAsync<string>("sessionStorage.getItem('orleansticker.api-key')"));
    }

    [Fact]
    public async Task They_are_told_as_what_they_are()
    {
        await using var window = await browser.OpenAsync();
        var portal = ScriptedGateway.Html(403);
        portal.Headers = new Dictionary<string, string> { ["Retry-After"] = "99999999", ["Content-Type"] = "text/html" };
        var gateway = await ScriptedGateway.VisitAsync(window, portal);

        await gateway.EnterKeyAsync();

        await Expect(NoticeOf(gateway.Page)).ToHaveTextAsync("Something in front of the server answered in its place (status 403).");
        await Expect(gateway.Page.Locator("#notice .countdown")).ToHaveTextAsync(new Regex("^Trying again in [56]\\d s$"));
        Assert.Equal(1, gateway.TokenRequests);
    }
}
