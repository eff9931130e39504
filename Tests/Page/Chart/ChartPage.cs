using Microsoft.Playwright;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Tests.Page.Chart;

/// <summary>
/// A page with nothing but the chart, under the policy of the real page. Its candles come from the test: <c>test.made</c> holds the series
/// that the chart asked for.
/// </summary>
internal sealed class ChartPage(IBrowserContext window, IPage page) : IAsyncDisposable
{
    private const string Html = """
        <!doctype html><html lang="en"><head><title>Chart</title><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
        <link rel="stylesheet" href="/css/base.css"><link rel="stylesheet" href="/css/chart.css"></head>
        <body><header><h1>Chart</h1></header><main id="chart"></main></body></html>
        """;

    private const string Setup = """
        async () => {
          const { ChartView } = await import('/js/chart/chart-view.js');
          const test = window.test = { made: [], intervals: [], violations: [] };
          document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => test.violations.push(violatedDirective));
          test.candle = (minute, close = (42000.1 + Math.sin(minute)).toFixed(2)) => ({
            openTime: minute * 60, open: '42000.1', high: '42003.5', low: '41997.25', close, volume: '1.5', quoteVolume: '63000', trades: 3, isClosed: true,
          });
          test.candles = (from, to) => Array.from({ length: to - from }, (_, index) => test.candle(from + index));
          test.view = new ChartView(document.querySelector('#chart'), {
            makeSeries(symbol, interval, onChange) {
              const series = {
                symbol, interval, onChange, candles: [], gaps: [], asked: 0, isStarted: false, isStopped: false,
                start() { series.isStarted = true; },
                stop() { series.isStopped = true; },
                async loadOlder() { series.asked++; return series.older?.() ?? false; },
                show(candles, gaps = []) { Object.assign(series, { candles, gaps }); onChange({ kind: 'reset' }); },
              };
              test.made.push(series);
              return series;
            },
            onInterval(interval) { test.intervals.push(interval); },
          });
        }
        """;

    public IPage Page => page;

    public ILocator Plot => page.GetByRole(AriaRole.Img);

    public ILocator Words => page.Locator(".chart-words");

    /// <summary>Opens it.</summary>
    /// <param name="browser">Where.</param>
    /// <param name="hasLibrary">Whether the gateway has the script that draws.</param>
    public static async Task<ChartPage> OpenAsync(Browser browser, bool hasLibrary = true)
    {
        var window = await browser.OpenAsync(new() { ColorScheme = ColorScheme.Light, ViewportSize = new() { Width = 1000, Height = 600 } });
        await window.RouteAsync($"{ScriptedGateway.Origin}/**", route => AnswerAsync(route, hasLibrary));
        var page = await window.NewPageAsync();
        await page.GotoAsync($"{ScriptedGateway.Origin}/");
        await page.EvaluateAsync(Setup);
        return new ChartPage(window, page);
    }

    /// <summary>Runs an expression that finds everything in <c>test</c>.</summary>
    public Task<T> RunAsync<T>(string expression) => page.EvaluateAsync<T>($"async () => {expression}");

    /// <summary>Runs statements that find everything in <c>test</c>.</summary>
    public Task RunAsync(string statements) => page.EvaluateAsync($"async () => {{ {statements} }}");

    /// <summary>The value of the legend with this name.</summary>
    public ILocator Value(string name) => page.Locator($"[data-value={name}]");

    public ValueTask DisposeAsync() => window.DisposeAsync();

    private static Task AnswerAsync(IRoute route, bool hasLibrary)
    {
        var path = new Uri(route.Request.Url).AbsolutePath;
        var isLibrary = path.StartsWith("/lib/", StringComparison.Ordinal);
        var file = Path.Combine(isLibrary ? ScriptedGateway.Files : ScriptedGateway.Sources, path[1..]);
        return path == "/"
            ? route.FulfillAsync(new() { Body = Html, ContentType = "text/html", Headers = [new("Content-Security-Policy", ContentPolicy.Strict.Text)] })
            : !File.Exists(file) || (isLibrary && !hasLibrary)
                ? route.FulfillAsync(new() { Status = 404 })
                : route.FulfillAsync(new() { Path = file });
    }
}
