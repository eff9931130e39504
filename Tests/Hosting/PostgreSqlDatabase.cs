using System.Data.Common;
using Npgsql;

namespace OrleansTicker.Tests.Hosting;

/// <summary>An empty PostgreSQL database for one test.</summary>
internal sealed class PostgreSqlDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name = $"orleansticker_{Guid.NewGuid():N}";

    private PostgreSqlDatabase(string server)
    {
        _server = server;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = _name }.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Creates a database, or skips the test if there is no server.</summary>
    public static async Task<PostgreSqlDatabase> CreateOrSkipAsync(PostgreSqlServer server)
    {
        var database = new PostgreSqlDatabase(await server.StartOrSkipAsync());
        await database.OnServerAsync($"CREATE DATABASE {database._name}");
        return database;
    }

    public async Task<DbConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Makes the database unavailable, or available again.</summary>
    public async Task SetAwayAsync(bool isAway)
    {
        var (from, to) = isAway ? (_name, _name + "_away") : (_name + "_away", _name);
        await OnServerAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{from}'");
        await OnServerAsync($"ALTER DATABASE {from} RENAME TO {to}");
    }

    public async ValueTask DisposeAsync()
    {
        await OnServerAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
        await OnServerAsync($"DROP DATABASE IF EXISTS {_name}_away WITH (FORCE)");
    }

    private async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{_server};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
