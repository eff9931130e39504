using System.Text.Json;
using Microsoft.Playwright;

namespace OrleansTicker.Benchmarks.Page;

/// <summary>What Chromium counts of a page (https://chromedevtools.github.io/devtools-protocol/tot/Performance/).</summary>
/// <param name="session">Speaks with its development tools.</param>
internal sealed class PageMetrics(ICDPSession session)
{
    public static async Task<PageMetrics> OfAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable");
        return new PageMetrics(session);
    }

    /// <summary>Reads a figure, such as <c>TaskDuration</c> (seconds) or <c>JSHeapUsedSize</c> (bytes).</summary>
    public async Task<double> ReadAsync(string name)
    {
        var answer = await session.SendAsync("Performance.getMetrics");
        return answer!.Value.GetProperty("metrics").EnumerateArray().First(metric => metric.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();
    }

    public Task<JsonElement?> CollectGarbageAsync() => session.SendAsync("HeapProfiler.collectGarbage");
}
