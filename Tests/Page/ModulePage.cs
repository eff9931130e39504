using Microsoft.Playwright;

namespace OrleansTicker.Tests.Page;

/// <summary>An empty page into which the page's modules can be loaded, one for all tests of a class.</summary>
public sealed class ModulePage(Browser browser) : IAsyncDisposable
{
    private IBrowserContext? _window;
    private IPage? _page;

    /// <summary>Runs an expression over a module, which it calls <c>m</c>.</summary>
    public async Task<T> RunAsync<T>(string module, string expression)
    {
        _page ??= await OpenAsync();
        return await _page.EvaluateAsync<T>($"import('{ScriptedGateway.Origin}/js/{module}.js').then(m => {expression})");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_window is not null)
        {
            await _window.DisposeAsync();
        }
    }

    private async Task<IPage> OpenAsync()
    {
        _window = await browser.OpenAsync();
        await _window.RouteAsync($"{ScriptedGateway.Origin}/", route => route.FulfillAsync(new() { ContentType = "text/html" }));
        await _window.RouteAsync($"{ScriptedGateway.Origin}/js/**", route => route.FulfillAsync(new()
        {
            Path = Path.Combine(ScriptedGateway.Files, new Uri(route.Request.Url).AbsolutePath[1..]),
        }));
        var page = await _window.NewPageAsync();
        await page.GotoAsync($"{ScriptedGateway.Origin}/");
        return page;
    }
}
