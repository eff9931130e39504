using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansTicker.Gateway.Hosting;

namespace OrleansTicker.Benchmarks.Page;

/// <summary>A gateway in this process with files in a folder of its own, for a page.</summary>
internal sealed class PageGateway : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("orleansticker-page-");
    private WebApplication? _app;

    /// <summary>Where it is.</summary>
    public string Address => _app!.Urls.Single();

    /// <summary>The demo key.</summary>
    public string Key => File.ReadAllText(Path.Combine(_folder.FullName, "demo-api-key")).Trim();

    /// <summary>The file of its candles.</summary>
    public string HistoryPath => Path.Combine(_folder.FullName, "history.db");

    /// <param name="prepareAsync">Does something before it starts.</param>
    /// <param name="settings">Its settings, beside the places of files.</param>
    public static async Task<PageGateway> StartAsync(Func<PageGateway, Task>? prepareAsync = null, params IEnumerable<(string Key, string Value)> settings)
    {
        var gateway = new PageGateway();
        await (prepareAsync?.Invoke(gateway) ?? Task.CompletedTask);
        var options = new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Development };
        gateway._app = GatewayApplication.Build(options, builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Keys:Path"] = Path.Combine(gateway._folder.FullName, "keys.db"),
                ["Audit:Folder"] = Path.Combine(gateway._folder.FullName, "audit"),
                ["History:Provider"] = "Sqlite",
                ["History:Path"] = gateway.HistoryPath,
            });
            builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        });
        await gateway._app.StartAsync();
        return gateway;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }
}
