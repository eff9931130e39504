using System.Data.Common;
using OrleansTicker.History;
using OrleansTicker.History.PostgreSql;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.History.PostgreSql;

/// <summary>A PostgreSQL database.</summary>
internal sealed class PostgreSqlHistoryDatabase(PostgreSqlDatabase database) : HistoryDatabase
{
    public override IHistoryStore Open() => new PostgreSqlHistoryStore(database.ConnectionString, TimeProvider.System);

    public override async Task<object?> QueryAsync(string sql)
    {
        await using var connection = await database.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SET search_path TO history; SET timezone TO 'UTC'; {sql}";
        return await command.ExecuteScalarAsync();
    }

    public override Task SetVersionAsync(long version) => QueryAsync($"UPDATE schema_version SET version = {version}");

    /// <summary>Opens a connection for the test itself.</summary>
    public Task<DbConnection> ConnectAsync() => database.ConnectAsync();

    public override Task SetAwayAsync(bool isAway) => database.SetAwayAsync(isAway);

    public override ValueTask DisposeAsync() => database.DisposeAsync();
}
