using System.Data.Common;
using System.Text;
using OrleansTicker.Gateway.Keys.Storage;
using OrleansTicker.History.Databases;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

/// <summary>A PostgreSQL database.</summary>
internal sealed class PostgreSqlKeyDatabase(PostgreSqlDatabase database) : KeyDatabase
{
    public override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Keys:Provider", "PostgreSql"),
        new("Keys:ConnectionString", database.ConnectionString),
    ];

    public override string SetVersion(long version) =>
        "CREATE TABLE IF NOT EXISTS api_keys_schema (version BIGINT NOT NULL); DELETE FROM api_keys_schema;"
        + $"INSERT INTO api_keys_schema (version) VALUES ({version});";

    public override Task<DbConnection> ConnectAsync() => database.ConnectAsync();

    public override Task SetAwayAsync(bool isAway) => database.SetAwayAsync(isAway);

    public override async Task<DbTransaction> HoldAsync(DbConnection connection)
    {
        var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync($"SELECT pg_advisory_xact_lock({0x6F746B206B657973})", CancellationToken.None);
        return transaction;
    }

    // PostgreSQL writes bytes as hexadecimal digits, so that no hash contains a key by chance.
    public override async Task<byte[]> ReadBytesAsync()
    {
        await using var connection = await ConnectAsync();
        var rows = await connection.ReadAsync("SELECT api_keys::TEXT FROM api_keys", row => row.GetString(0), CancellationToken.None);
        return Encoding.UTF8.GetBytes(string.Join('\n', rows));
    }

    public override async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await base.DisposeAsync();
    }
}
