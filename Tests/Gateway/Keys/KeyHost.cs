using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Gateway.Keys.Storage;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Tests.Gateway.Keys;

/// <summary>A host with API keys only, over a database that several hosts may share.</summary>
internal sealed class KeyHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly KeyDatabase _database;

    public KeyHost(KeyDatabase database, string environment, params (string Key, string? Value)[] settings)
    {
        _database = database;
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { EnvironmentName = environment, ContentRootPath = database.Folder.Root });
        builder.Configuration.AddInMemoryCollection(database.Settings);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddApiKeys(builder.Configuration);
        _host = builder.Build();
    }

    public LogRecorder Log { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public IApiKeyStore Store => Get<IApiKeyStore>();

    /// <summary>The demo key as a user copies it from the log; null where none was logged.</summary>
    public string? LoggedDemoKey => Log.Lines
        .Where(line => line.Level == LogLevel.Information && line.Text.StartsWith("Demo API key: ", StringComparison.Ordinal))
        .Select(line => line.Text["Demo API key: ".Length..].Trim())
        .SingleOrDefault();

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    public Task<ApiKey?> FindAsync(string apiKey) => Store.FindAsync(apiKey, TestContext.Current.CancellationToken);

    /// <summary>Adds a key of user alice that expires and is revoked at the given times, in Unix seconds.</summary>
    public async Task<string> AddKeyAsync(long? expiresAt = null, long? revokedAt = null)
    {
        var key = ApiKeyFormat.Create();
        await using var connection = await _database.ConnectAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO api_keys (hash, hint, name, user_id, role, created_at, expires_at, revoked_at)
            VALUES (@hash, @hint, 'laptop', 'alice', 'trader', 0, @expires, @revoked)
            """,
            TestContext.Current.CancellationToken,
            ("@hash", ApiKeyFormat.HashOf(key)),
            ("@hint", ApiKeyFormat.HintOf(key)),
            ("@expires", expiresAt),
            ("@revoked", revokedAt));
        return key;
    }

    public ValueTask DisposeAsync() => ((IAsyncDisposable)_host).DisposeAsync();
}
