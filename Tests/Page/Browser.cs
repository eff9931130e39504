using Microsoft.Playwright;
using OrleansTicker.Tests.Page;

[assembly: AssemblyFixture(typeof(Browser))]

namespace OrleansTicker.Tests.Page;

/// <summary>
/// The Chromium of this machine, without a window, for all tests of the page. It is started by the first test that opens
/// it, and a test that opens it where there is none is skipped. Nothing is downloaded: Playwright's driver is in its package.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly SemaphoreSlim _starting = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc />
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Opens a window of its own, with its own storage; skips the calling test where there is no Chromium.</summary>
    /// <param name="options">The window; a desktop's where none are given.</param>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } chosen ? chosen : Array.Find(Places, File.Exists);
        Assert.SkipWhen(path is null, "no Chromium found: install it or set CHROMIUM");

        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
        }
        finally
        {
            _starting.Release();
        }

        return await _browser.NewContextAsync(options);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        _starting.Dispose();
    }
}
