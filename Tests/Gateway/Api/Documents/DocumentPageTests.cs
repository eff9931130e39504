using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansTicker.Tests.Hosting;
using OrleansTicker.Tests.Page;
using static Microsoft.Playwright.Assertions;

namespace OrleansTicker.Tests.Gateway.Api.Documents;

/// <summary>The page of the document in a real browser.</summary>
public sealed partial class DocumentPageTests(Browser browser)
{
    private const float PatienceMs = 30_000;

    [Fact]
    public async Task The_page_shows_the_operations_without_anything_from_elsewhere_and_within_its_content_policy()
    {
        await using var window = await browser.OpenAsync();
        await window.AddInitScriptAsync(
            "window.violations = []; addEventListener('securitypolicyviolation', e => violations.push(`${e.violatedDirective} ${e.sourceFile} ${e.lineNumber}`));");
        await using var host = await GatewayHost.StartAsync();
        var described = await DescribedApi.ReadAsync(host);
        var page = await window.NewPageAsync();
        List<string> requests = [];
        page.Request += (_, request) => requests.Add(request.Url);

        await page.GotoAsync(new Uri(host.Address, "/docs").ToString());

        foreach (var operation in described.Operations)
        {
            var summary = operation.Description.GetProperty("summary").GetString()!;
            await Expect(page.GetByText(summary).First).ToBeVisibleAsync(new() { Timeout = PatienceMs });
        }

        await page.GetByRole(AriaRole.Button, new() { NameRegex = TestRequest() }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = Send() }).First.ClickAsync();
        await Expect(page.GetByText("401 Unauthorized").First).ToBeVisibleAsync(new() { Timeout = PatienceMs });
        Assert.Empty(await page.EvaluateAsync<string[]>("violations"));
        Assert.Contains(requests, url => url.EndsWith("/openapi/v1.json", StringComparison.Ordinal));
        Assert.All(requests, url => Assert.True(IsOwn(url), url));

        bool IsOwn(string url) => url.StartsWith(host.Address.ToString(), StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_script_runs_without_the_nonce_of_its_answer()
    {
        await using var host = await GatewayHost.StartAsync();
        using var first = await host.SendAsync(HttpMethod.Get, "/docs/", token: null);
        using var second = await host.SendAsync(HttpMethod.Get, "/docs/", token: null);
        var (html, policy) = (await first.Content.ReadAsStringAsync(ApiHost.Stop), PolicyOf(first));

        var nonce = Nonce().Match(policy).Groups["nonce"].Value;
        Assert.NotEmpty(nonce);
        Assert.NotEqual(policy, PolicyOf(second));
        Assert.True(first.Headers.CacheControl?.NoStore);
        var ofScripts = policy.Split(';').Single(rule => rule.Trim().StartsWith("script-src", StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", ofScripts, StringComparison.Ordinal);
        Assert.All(Script().Matches(html), script => Assert.Contains($"nonce=\"{nonce}\"", script.Value, StringComparison.Ordinal));

        static string PolicyOf(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
    }

    [GeneratedRegex("'nonce-(?<nonce>[^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();

    [GeneratedRegex("Test Request")]
    private static partial Regex TestRequest();

    [GeneratedRegex("Send")]
    private static partial Regex Send();
}
