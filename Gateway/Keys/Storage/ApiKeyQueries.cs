using System.Data.Common;
using System.Text.Json;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>The SQL queries for API keys, which both databases understand.</summary>
internal static class ApiKeyQueries
{
    private const string Columns =
        "id, hint, name, user_id, role, created_at, expires_at, revoked_at, last_used_at, replaced_by, is_demo";

    private const string Counts = "revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @now)";

    public static async Task<ApiKey?> FindAsync(
        DbConnection connection, string apiKey, DateTimeOffset now, bool isDemoAllowed, CancellationToken cancellationToken) =>
        (await connection.ReadAsync(
            $"SELECT id, user_id, role FROM api_keys WHERE hash = @hash AND {Counts} AND is_demo <= @demo",
            row => new ApiKey(row.GetInt64(0), row.GetString(1), row.GetString(2)),
            cancellationToken,
            ("@hash", ApiKeyFormat.HashOf(apiKey)),
            ("@now", now.ToUnixTimeSeconds()),
            ("@demo", isDemoAllowed ? 1L : 0L))).SingleOrDefault();

    public static Task<IReadOnlyList<long>> FindEndedAsync(
        DbConnection connection,
        SqlDialect sql,
        IReadOnlyCollection<long> ids,
        DateTimeOffset now,
        bool isDemoAllowed,
        CancellationToken cancellationToken) =>
        connection.ReadAsync(
            $"""
            SELECT wanted.id FROM {sql.Ids} AS wanted
            WHERE NOT EXISTS (SELECT 1 FROM api_keys WHERE api_keys.id = wanted.id AND {Counts} AND is_demo <= @demo)
            """,
            row => row.GetInt64(0),
            cancellationToken,
            ("@ids", JsonSerializer.Serialize(ids, ApiKeyIdJson.Default.IReadOnlyCollectionInt64)),
            ("@now", now.ToUnixTimeSeconds()),
            ("@demo", isDemoAllowed ? 1L : 0L));

    public static Task<IReadOnlyList<ApiKeyRecord>> ListAsync(
        DbConnection connection, string? userId, bool withEnded, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.ReadAsync(
            $"SELECT {Columns} FROM api_keys WHERE (@all = 1 OR user_id = @user) AND (@ended = 1 OR {Counts}) ORDER BY id",
            Read,
            cancellationToken,
            ("@all", userId is null ? 1L : 0L),
            ("@user", userId ?? ""),
            ("@ended", withEnded ? 1L : 0L),
            ("@now", now.ToUnixTimeSeconds()));

    public static async Task<ApiKeyRecord?> ReadAsync(DbConnection connection, long id, CancellationToken cancellationToken) =>
        (await connection.ReadAsync($"SELECT {Columns} FROM api_keys WHERE id = @id", Read, cancellationToken, ("@id", id)))
        .SingleOrDefault();

    public static async Task<CreatedApiKey> InsertAsync(
        DbConnection connection, NewApiKey wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = ApiKeyFormat.Create();
        var rows = await connection.ReadAsync(
            $"""
            INSERT INTO api_keys (hash, hint, name, user_id, role, created_at, expires_at)
            VALUES (@hash, @hint, @name, @user, @role, @now, @expires)
            RETURNING {Columns}
            """,
            Read,
            cancellationToken,
            ("@hash", ApiKeyFormat.HashOf(key)),
            ("@hint", ApiKeyFormat.HintOf(key)),
            ("@name", wanted.Name),
            ("@user", wanted.UserId),
            ("@role", wanted.Role),
            ("@now", now.ToUnixTimeSeconds()),
            ("@expires", (now + wanted.Lifetime)?.ToUnixTimeSeconds()));
        return new CreatedApiKey(key, rows[0]);
    }

    public static async Task<ApiKeyRecord?> RevokeAsync(
        DbConnection connection, long id, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await connection.ReadAsync(
            $"UPDATE api_keys SET revoked_at = COALESCE(revoked_at, @now) WHERE id = @id RETURNING {Columns}",
            Read,
            cancellationToken,
            ("@id", id),
            ("@now", now.ToUnixTimeSeconds()))).SingleOrDefault();

    public static async Task<ApiKeyRecord> ReplaceAsync(
        DbConnection connection, long id, long successor, DateTimeOffset end, CancellationToken cancellationToken) =>
        (await connection.ReadAsync(
            $"UPDATE api_keys SET replaced_by = @successor, expires_at = @end WHERE id = @id RETURNING {Columns}",
            Read,
            cancellationToken,
            ("@id", id),
            ("@successor", successor),
            ("@end", end.ToUnixTimeSeconds()))).Single();

    public static async Task NoteUseAsync(
        DbConnection connection, long id, DateTimeOffset now, int timeoutSeconds, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            "UPDATE api_keys SET last_used_at = @now WHERE id = @id AND (last_used_at IS NULL OR last_used_at < @now)",
            ("@now", now.ToUnixTimeSeconds()),
            ("@id", id));
        command.CommandTimeout = timeoutSeconds;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Whether a key is already the demo key, and valid.</summary>
    public static async Task<bool> IsDemoAsync(DbConnection connection, string key, CancellationToken cancellationToken) =>
        await connection.ReadLongAsync(
            "SELECT count(*) FROM api_keys WHERE hash = @hash AND is_demo = 1 AND revoked_at IS NULL",
            cancellationToken,
            ("@hash", ApiKeyFormat.HashOf(key))) > 0;

    /// <summary>Whether a key can't be the demo key, because it belongs to a user or was revoked.</summary>
    public static async Task<bool> IsKeptFromDemoAsync(DbConnection connection, string key, CancellationToken cancellationToken) =>
        await connection.ReadLongAsync(
            "SELECT count(*) FROM api_keys WHERE hash = @hash AND (is_demo = 0 OR revoked_at IS NOT NULL)",
            cancellationToken,
            ("@hash", ApiKeyFormat.HashOf(key))) > 0;

    /// <summary>Makes this the demo key. The one before it is revoked but not deleted, since an id must never be reused.</summary>
    public static async Task PutDemoAsync(DbConnection connection, string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = ApiKeyFormat.HashOf(key);
        await connection.ExecuteAsync(
            "UPDATE api_keys SET is_demo = 0, revoked_at = COALESCE(revoked_at, @now) WHERE is_demo = 1 AND hash <> @hash",
            cancellationToken,
            ("@hash", hash),
            ("@now", now.ToUnixTimeSeconds()));
        await connection.ExecuteAsync(
            """
            INSERT INTO api_keys (hash, hint, name, user_id, role, created_at, is_demo)
            VALUES (@hash, @hint, 'demo', 'demo', 'user', @now, 1)
            ON CONFLICT (hash) DO NOTHING
            """,
            cancellationToken,
            ("@hash", hash),
            ("@hint", ApiKeyFormat.HintOf(key)),
            ("@now", now.ToUnixTimeSeconds()));
    }

    private static ApiKeyRecord Read(DbDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(5)),
        Time(row, 6),
        Time(row, 7),
        Time(row, 8),
        row.IsDBNull(9) ? null : row.GetInt64(9),
        row.GetInt64(10) == 1);

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(column));
}
