using Microsoft.Data.Sqlite;

namespace OrleansTicker.Gateway.Keys;

/// <summary>
/// The tables of the API keys and how they came to be: each migration takes the schema one version further, and
/// <c>PRAGMA user_version</c> says how far it is. A migration that was released is never changed.
/// </summary>
internal static class ApiKeySchema
{
    // Times are Unix seconds. A key that is_demo counts in Development only.
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE api_keys (
          id           INTEGER PRIMARY KEY,
          hash         BLOB    NOT NULL UNIQUE,
          hint         TEXT    NOT NULL,
          name         TEXT    NOT NULL,
          user_id      TEXT    NOT NULL,
          role         TEXT    NOT NULL,
          created_at   INTEGER NOT NULL,
          expires_at   INTEGER,
          revoked_at   INTEGER,
          last_used_at INTEGER,
          is_demo      INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE UNIQUE INDEX api_keys_one_demo ON api_keys (is_demo) WHERE is_demo = 1;
        """,
    ];

    /// <summary>The version that this program knows.</summary>
    public static int Version => Migrations.Length;

    /// <summary>Brings the schema to <see cref="Version"/>. Several processes may do so at once: one migrates, the others find it done.</summary>
    /// <exception cref="NewerSchemaException">The schema is of a later version.</exception>
    /// <exception cref="SqliteException">The database cannot be read or written.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        // Outside the transaction, where alone it works. Readers then never wait for a writer.
        connection.Execute("PRAGMA journal_mode = WAL");

        using var transaction = connection.BeginTransaction(deferred: false);
        var version = connection.ReadLong("PRAGMA user_version");
        if (version > Version)
        {
            throw new NewerSchemaException(connection.DataSource, version, Version);
        }

        if (version == Version)
        {
            return;
        }

        foreach (var migration in Migrations.AsSpan((int)version))
        {
            connection.Execute(migration);
        }

        connection.Execute($"PRAGMA user_version = {Version}");
        transaction.Commit();
    }
}
