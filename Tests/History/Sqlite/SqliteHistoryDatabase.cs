using Microsoft.Data.Sqlite;
using OrleansTicker.History;
using OrleansTicker.History.Sqlite;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.History.Sqlite;

/// <summary>A SQLite file.</summary>
internal sealed class SqliteHistoryDatabase : HistoryDatabase
{
    public TemporaryFolder Folder { get; } = new();

    public string Path => Folder["data/history.db"];

    public override IHistoryStore Open() => new SqliteHistoryStore(Path, TimeProvider.System);

    public override async Task<object?> QueryAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    public override Task SetVersionAsync(long version) => QueryAsync($"PRAGMA user_version = {version}");

    public override Task SetAwayAsync(bool isAway)
    {
        foreach (var name in new[] { Path, Path + "-wal", Path + "-shm" })
        {
            var (from, to) = isAway ? (name, name + ".away") : (name + ".away", name);
            if (File.Exists(from))
            {
                File.Move(from, to);
            }
        }

        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
