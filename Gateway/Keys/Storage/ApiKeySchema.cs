using System.Data.Common;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>
/// The tables of the API keys, as a list of migrations. Each brings the schema to the next version, and is never changed after its release.
/// Times are Unix seconds.
/// </summary>
internal static class ApiKeySchema
{
    /// <summary>The version that this program knows.</summary>
    public const int Version = 2;

    /// <summary>The migrations in a SQL dialect; the first one creates version 1.</summary>
    public static string[] Migrations(SqlDialect sql) =>
    [
        // A key that is_demo is valid in Development only.
        $"""
        CREATE TABLE api_keys (
          id           {sql.Identity},
          hash         {sql.Bytes}    NOT NULL UNIQUE,
          hint         TEXT    NOT NULL,
          name         TEXT    NOT NULL,
          user_id      TEXT    NOT NULL,
          role         TEXT    NOT NULL,
          created_at   {sql.Integer} NOT NULL,
          expires_at   {sql.Integer},
          revoked_at   {sql.Integer},
          last_used_at {sql.Integer},
          is_demo      {sql.Integer} NOT NULL DEFAULT 0
        ) {sql.TableOptions};
        CREATE UNIQUE INDEX api_keys_one_demo ON api_keys (is_demo) WHERE is_demo = 1;
        """,

        // Rotation: the id of the key that replaced this one.
        $"ALTER TABLE api_keys ADD COLUMN replaced_by {sql.Integer};",
    ];

    /// <summary>Brings the schema to <see cref="Version"/>. Several processes may do so at once: one migrates, the others find it done.</summary>
    /// <exception cref="NewerSchemaException">The schema is of a later version.</exception>
    /// <exception cref="DbException">The database cannot be read or written.</exception>
    public static async Task MigrateAsync(IApiKeyDatabase database, DbConnection connection, CancellationToken cancellationToken)
    {
        // The usual case, which need not wait for writers.
        if (await database.ReadVersionAsync(connection, cancellationToken) == Version)
        {
            return;
        }

        await using var transaction = await database.BeginExclusiveAsync(connection, cancellationToken);
        var version = await database.ReadVersionAsync(connection, cancellationToken);
        if (version > Version)
        {
            throw new NewerSchemaException(database.Location, version, Version, database.Remedy);
        }

        if (version == Version)
        {
            return;
        }

        foreach (var migration in Migrations(database.Dialect)[(int)version..])
        {
            await connection.ExecuteAsync(migration, cancellationToken);
        }

        await database.WriteVersionAsync(connection, Version, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
