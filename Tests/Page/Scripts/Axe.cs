using System.Text.Json;
using Microsoft.Playwright;

namespace OrleansTicker.Tests.Page.Scripts;

/// <summary>Finds what keeps people from using a page: axe, in the version of the lock file of the page's scripts.</summary>
internal static class Axe
{
    /// <summary>Expects that a page has no fault that axe can find; skips the calling test where npm is not to be had.</summary>
    public static async Task ExpectNothingAsync(IPage page)
    {
        var folder = await PageScripts.Package.InstallOnceAsync();
        await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(folder, "node_modules/axe-core/axe.min.js"), TestContext.Current.CancellationToken));
        var faults = await page.EvaluateAsync<JsonElement>(
            "axe.run().then(({ violations }) => violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`))");

        Assert.Empty(faults.EnumerateArray().Select(fault => fault.GetString()));
    }
}
