using Microsoft.Playwright;

namespace OrleansTicker.Benchmarks.Page;

/// <summary>The Chromium of this machine, without a window. Nothing is downloaded: Playwright's driver is in its package.</summary>
/// <param name="playwright">The driver.</param>
/// <param name="browser">The browser.</param>
internal sealed class ChromiumBrowser(IPlaywright playwright, IBrowser browser) : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Starts it.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static async Task<ChromiumBrowser> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } chosen
            ? chosen
            : Array.Find(Places, File.Exists) ?? throw new FileNotFoundException("There is no Chromium: install it or set CHROMIUM");
        var playwright = await Playwright.CreateAsync();
        return new ChromiumBrowser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-gpu"] }));
    }

    /// <summary>Opens a window with its own storage.</summary>
    public Task<IBrowserContext> OpenAsync(int width, int height, ColorScheme scheme = ColorScheme.Light) =>
        browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });

    /// <summary>Gives the page a key, as a person does.</summary>
    public static async Task EnterAsync(IPage page, string key)
    {
        await page.FillAsync("#api-key", key);
        await page.ClickAsync("#connect");
        await page.WaitForSelectorAsync("#watchlist .row .price:not(:empty)");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }
}
