using System.Collections.Concurrent;
using Microsoft.Playwright;
using OrleansTicker.Tests.Hosting;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>What the page costs on the way.</summary>
public sealed class WeightTests(Browser browser, SharedGateway gateway)
{
    /// <summary>Compressed as the gateway does it.</summary>
    private const int MostBytes = 60 * 1024;

    private const string Library = "/lib/";

    [Fact]
    public async Task Its_files_are_small_and_what_draws_the_chart_comes_after_the_first_prices()
    {
        ScriptedGateway.SkipUnlessMade();
        await using var window = await browser.OpenAsync();
        var page = await window.NewPageAsync();
        ConcurrentQueue<IResponse> files = [];
        page.Response += (_, response) => files.Enqueue(response);
        await page.AddInitScriptAsync("addEventListener('DOMContentLoaded', () => new MutationObserver(() => { window.pricesAt ??= performance.now(); }).observe(document.body, { attributeFilter: ['data-prices'] }));");

        await ConnectAsync(page, await gateway.StartAsync());
        await Expect(page.Locator("#chart .chart-legend:not([data-empty])")).ToBeVisibleAsync();
        var bytes = 0;
        foreach (var file in files.ToArray().Where(IsOfPage))
        {
            Assert.Null(await file.FinishedAsync());
            bytes += (await file.Request.SizesAsync()).ResponseBodySize;
        }

        Assert.InRange(bytes, 1, MostBytes);
        Assert.True(await page.EvaluateAsync<bool>($"performance.getEntriesByType('resource').filter(({{ name }}) => name.includes('{Library}')).every(({{ startTime }}) => startTime > window.pricesAt)"));
    }

    private static bool IsOfPage(IResponse response)
    {
        var path = new Uri(response.Url).AbsolutePath;
        return path == "/" || (Path.HasExtension(path) && !path.StartsWith(Library, StringComparison.Ordinal));
    }
}
