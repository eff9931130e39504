using OrleansTicker.Gateway.Keys.Storage;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Tests.Gateway.Keys;

/// <summary>What tests of API keys share: a database for each test, and hosts that use it.</summary>
public abstract class KeyTest : IAsyncLifetime
{
    private readonly List<KeyHost> _hosts = [];

    internal KeyDatabase Database { get; private set; } = null!;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Database = await CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        if (Database is not null)
        {
            await Database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    internal abstract Task<KeyDatabase> CreateDatabaseAsync();

    /// <summary>A host that lives as long as the test.</summary>
    internal KeyHost NewHost(string environment = "Development", params (string Key, string? Value)[] settings)
    {
        var host = new KeyHost(Database, environment, settings);
        _hosts.Add(host);
        return host;
    }

    internal async Task<KeyHost> StartAsync(string environment = "Development")
    {
        var host = NewHost(environment);
        await host.StartAsync();
        return host;
    }

    protected async Task ExecuteAsync(string sql)
    {
        await using var connection = await Database.ConnectAsync();
        await connection.ExecuteAsync(sql, Stop);
    }

    protected async Task<long> ReadLongAsync(string sql)
    {
        await using var connection = await Database.ConnectAsync();
        return await connection.ReadLongAsync(sql, Stop);
    }
}
