using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace OrleansTicker.Benchmarks.Page;

/// <summary>
/// <c>page</c>: opens the page in the Chromium of this machine and prints how smooth it is and what it costs, medians of three.
/// <c>page memory</c>: keeps it open for eleven minutes and prints how its memory grows.
/// </summary>
internal static class PageRun
{
    /// <summary>The name of the command.</summary>
    public const string Name = "page";

    /// <summary>The argument that measures memory instead.</summary>
    private const string Memory = "memory";

    private const int Rounds = 3;
    private const int WarmUpMs = 4_000;
    private const int MinuteMs = 60_000;

    // Counts frames and long tasks (https://www.w3.org/TR/longtasks-1/) for ten seconds.
    private const string Watch = """
        () => new Promise((resolve) => {
          const tasks = [];
          const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
          watch.observe({ type: 'longtask' });
          const begin = performance.now();
          let frames = 0;
          const count = (now) => {
            frames++;
            if (now - begin < 10_000) {
              requestAnimationFrame(count);
            } else {
              watch.disconnect();
              resolve({ frames: frames * 1000 / (now - begin), longest: Math.max(0, ...tasks) });
            }
          };
          requestAnimationFrame(count);
        })
        """;

    private const string FirstPrice = """
        (key) => new Promise((resolve) => {
          document.querySelector('#api-key').value = key;
          const begin = performance.now();
          const look = () => document.querySelector('#watchlist .row .price')?.textContent ? requestAnimationFrame(() => resolve(performance.now() - begin)) : setTimeout(look, 1);
          document.querySelector('#connect').click();
          look();
        })
        """;

    public static async Task RunAsync(string[] arguments)
    {
        if (arguments is not ([] or [Memory]))
        {
            await Console.Error.WriteLineAsync($"There are {Name} and {Name} {Memory}");
            Environment.ExitCode = 1;
            return;
        }

        await using var browser = await ChromiumBrowser.StartAsync();
        if (arguments is [Memory])
        {
            await MeasureMemoryAsync(browser);
            return;
        }

        await MeasureSmoothnessAsync(browser, symbols: 60, changes: 60);
        await MeasureSmoothnessAsync(browser, symbols: 2_000, changes: 50);
        await MeasureFirstPriceAsync(browser);
    }

    private static async Task MeasureSmoothnessAsync(ChromiumBrowser browser, int symbols, int changes)
    {
        await using var market = await ScriptedMarket.StartAsync(symbols, changes);
        var rounds = new List<(double Frames, double Longest, double Busy)>();
        for (var round = 0; round < Rounds; round++)
        {
            await using var window = await browser.OpenAsync(1280, 800);
            var (page, metrics) = await OpenAsync(window, market);
            await page.WaitForTimeoutAsync(WarmUpMs);
            var (before, since) = (await metrics.ReadAsync("TaskDuration"), TimeProvider.System.GetTimestamp());
            var seen = await page.EvaluateAsync<JsonElement>(Watch);
            var busy = (await metrics.ReadAsync("TaskDuration") - before) / TimeProvider.System.GetElapsedTime(since).TotalSeconds;
            rounds.Add((seen.GetProperty("frames").GetDouble(), seen.GetProperty("longest").GetDouble(), busy));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{symbols:N0} symbols, 100 messages of {changes} changes a second: {Median(rounds.Select(round => round.Frames)):N1} frames a second, "
            + $"main thread {Median(rounds.Select(round => round.Busy)):P0} busy, longest task over 50 ms: {Median(rounds.Select(round => round.Longest)):N0} ms"));
    }

    private static async Task MeasureMemoryAsync(ChromiumBrowser browser)
    {
        await using var market = await ScriptedMarket.StartAsync(symbols: 60, changes: 60);
        await using var window = await browser.OpenAsync(1280, 800);
        var (page, metrics) = await OpenAsync(window, market);
        for (var minute = 1; minute <= 11; minute++)
        {
            await page.WaitForTimeoutAsync(MinuteMs);
            await metrics.CollectGarbageAsync();
            var (heap, nodes, listeners) = (await metrics.ReadAsync("JSHeapUsedSize"), await metrics.ReadAsync("Nodes"), await metrics.ReadAsync("JSEventListeners"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"after {minute} min: heap {heap / 1e6:N2} MB, {nodes:N0} nodes, {listeners:N0} listeners"));
        }
    }

    /// <summary>From the click to the first frame with a price, before a gateway that others have used already.</summary>
    private static async Task MeasureFirstPriceAsync(ChromiumBrowser browser)
    {
        await using var gateway = await PageGateway.StartAsync();
        var times = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            await using var window = await browser.OpenAsync(1280, 800);
            var page = await window.NewPageAsync();
            await page.GotoAsync(gateway.Address);
            times.Add(await page.EvaluateAsync<double>(FirstPrice, gateway.Key));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"first price after the key: {Median(times.Skip(1)):N0} ms (the very first visitor: {times[0]:N0} ms)"));
    }

    private static async Task<(IPage Page, PageMetrics Metrics)> OpenAsync(IBrowserContext window, ScriptedMarket market)
    {
        var page = await window.NewPageAsync();
        var metrics = await PageMetrics.OfAsync(page);
        await page.GotoAsync(market.Address);
        await ChromiumBrowser.EnterAsync(page, "otk_benchmark");
        return (page, metrics);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
