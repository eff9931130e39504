using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansTicker.Gateway.Hosting;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Tests.Hosting;

/// <summary>The real gateway in this process, with its own silo and database, on a free port and in its own folder.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orleansticker-").FullName;
    private readonly Dictionary<string, string?> _settings = [];
    private readonly Action<WebApplicationBuilder>? _configure;
    private WebApplication? _app;

    private GatewayHost(Action<WebApplicationBuilder>? configure) => _configure = configure;

    /// <summary>Its address; the same after a restart.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public HttpClient Http { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null }, // On loopback, any certificate is accepted.
    });

    public string DemoApiKey => File.ReadAllText(Path.Combine(_folder, "demo-api-key")).Trim();

    public string AuditFolder => Path.Combine(_folder, "audit");

    public string KeyPath => Path.Combine(_folder, "keys.db");

    /// <summary>Whether the first prices have come.</summary>
    public bool HasMarket => Services.GetRequiredService<IMarketFeed>().Newest.Symbols.Length > 0;

    /// <summary>The symbols that have prices.</summary>
    public ImmutableArray<string> Symbols => Services.GetRequiredService<IMarketFeed>().Newest.Symbols;

    public IServiceProvider Services => _app!.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public static Task<GatewayHost> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(null, settings);

    public static async Task<GatewayHost> StartAsync(Action<WebApplicationBuilder>? configure, params (string Key, string? Value)[] settings)
    {
        var host = new GatewayHost(configure);
        foreach (var (key, value) in settings)
        {
            host._settings[key] = value;
        }

        await host.StartAsync();
        return host;
    }

    public async Task StartAsync()
    {
        var options = new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = _settings.GetValueOrDefault("environment") ?? Environments.Development,
        };
        _app = GatewayApplication.Build(options, builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Keys:Path"] = KeyPath,
                ["Audit:Folder"] = AuditFolder,
            });
            builder.Configuration.AddInMemoryCollection(_settings);
            builder.Logging.ClearProviders();
            if (_settings.GetValueOrDefault("Gateway:Silo") != "External")
            {
                builder.UseOrleans(silo => silo.Services.MakeSiloLight());
            }

            builder.WebHost.UseUrls(Address.ToString());
            _configure?.Invoke(builder);
        });
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
        Http.BaseAddress ??= Address;
    }

    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>A token for the demo key.</summary>
    public async Task<string> GetTokenAsync()
    {
        using var response = await Http.PostAsJsonAsync("/auth/token", new { api_key = DemoApiKey });
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.StatusCode == HttpStatusCode.OK
            ? body.GetProperty("token").GetString()!
            : throw new InvalidOperationException($"No token: {body}");
    }

    /// <summary>Sends a request with a token, or without any.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="path">Its path and query.</param>
    /// <param name="token">The token.</param>
    /// <param name="configure">What else it says.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, Action<HttpRequestMessage>? configure = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        configure?.Invoke(request);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>An open session of the demo user.</summary>
    public async Task<TickerClient> ConnectAsync(string query = "") => await TickerClient.ConnectAsync(Address, await GetTokenAsync(), query);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
