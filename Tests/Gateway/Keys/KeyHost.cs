using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

/// <summary>A host with nothing but API keys, in a folder that several of them may share.</summary>
internal sealed class KeyHost : IDisposable
{
    private readonly IHost _host;

    public KeyHost(TemporaryFolder folder, string environment = "Development")
    {
        Path = folder["data/keys.db"];
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { EnvironmentName = environment, ContentRootPath = folder.Root });
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddApiKeys(builder.Configuration);
        _host = builder.Build();
    }

    public string Path { get; }

    public LogRecorder Log { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public IApiKeyStore Store => _host.Services.GetRequiredService<IApiKeyStore>();

    /// <summary>The demo key as a user copies it from the log; null where none was logged.</summary>
    public string? LoggedDemoKey => Log.Lines
        .Where(line => line.Level == LogLevel.Information && line.Text.StartsWith("Demo API key: ", StringComparison.Ordinal))
        .Select(line => line.Text["Demo API key: ".Length..].Trim())
        .SingleOrDefault();

    public static async Task<KeyHost> StartAsync(TemporaryFolder folder, string environment = "Development")
    {
        var host = new KeyHost(folder, environment);
        await host.StartAsync();
        return host;
    }

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    public Task<ApiKey?> FindAsync(string apiKey) => Store.FindAsync(apiKey, TestContext.Current.CancellationToken);

    /// <summary>A key of user alice that expires and is revoked when it is said, in Unix seconds.</summary>
    public string AddKey(long? expiresAt = null, long? revokedAt = null)
    {
        var key = ApiKeyFormat.Create();
        using var connection = Connect();
        connection.Execute(
            """
            INSERT INTO api_keys (hash, hint, name, user_id, role, created_at, expires_at, revoked_at)
            VALUES (@hash, @hint, 'laptop', 'alice', 'trader', 0, @expires, @revoked)
            """,
            ("@hash", ApiKeyFormat.HashOf(key)),
            ("@hint", ApiKeyFormat.HintOf(key)),
            ("@expires", (object?)expiresAt ?? DBNull.Value),
            ("@revoked", (object?)revokedAt ?? DBNull.Value));
        return key;
    }

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose() => _host.Dispose();
}
