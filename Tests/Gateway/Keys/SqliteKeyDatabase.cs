using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace OrleansTicker.Tests.Gateway.Keys;

/// <summary>A SQLite file.</summary>
internal sealed class SqliteKeyDatabase : KeyDatabase
{
    public override IEnumerable<KeyValuePair<string, string?>> Settings => [];

    public string Path => Folder["data/keys.db"];

    public override string SetVersion(long version) => $"PRAGMA user_version = {version}";

    public override async Task<DbConnection> ConnectAsync()
    {
        Directory.CreateDirectory(Folder["data"]);
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public override Task SetAwayAsync(bool isAway)
    {
        var (from, to) = isAway ? (Path, Path + ".away") : (Path + ".away", Path);
        File.Move(from, to);
        return Task.CompletedTask;
    }

    public override Task<DbTransaction> HoldAsync(DbConnection connection) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    public override Task<byte[]> ReadBytesAsync() =>
        Task.FromResult<byte[]>([.. Directory.GetFiles(Folder["data"], "keys.db*").SelectMany(File.ReadAllBytes)]);
}
