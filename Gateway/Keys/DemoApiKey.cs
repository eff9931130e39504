using Microsoft.Data.Sqlite;

namespace OrleansTicker.Gateway.Keys;

/// <summary>
/// The key of Development: made at the first start, the same from then on, for user <c>demo</c> with role <c>user</c>. Its text is in a
/// file beside the database, for its owner alone; the database holds its hash. Where either lost it, it is mended from
/// the file, or made anew where the file is gone.
/// </summary>
internal static class DemoApiKey
{
    /// <summary>The file's name.</summary>
    public const string FileName = "demo-api-key";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes sure of the key, and returns it.</summary>
    public static string Ensure(SqliteConnection connection, string folder, DateTimeOffset now)
    {
        // The database's write lock also guards the file: two gateways that start at once agree on one key.
        using var transaction = connection.BeginTransaction(deferred: false);
        var path = Path.Combine(folder, FileName);
        var key = File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        if (!ApiKeyFormat.IsWellFormed(key))
        {
            key = ApiKeyFormat.Create();
            Write(path, key);
        }

        var hash = ApiKeyFormat.HashOf(key!);
        connection.Execute("DELETE FROM api_keys WHERE is_demo = 1 AND hash <> @hash", ("@hash", hash));
        connection.Execute(
            """
            INSERT INTO api_keys (hash, hint, name, user_id, role, created_at, is_demo)
            VALUES (@hash, @hint, 'demo', 'demo', 'user', @now, 1)
            ON CONFLICT (hash) DO NOTHING
            """,
            ("@hash", hash),
            ("@hint", ApiKeyFormat.HintOf(key!)),
            ("@now", now.ToUnixTimeSeconds()));
        transaction.Commit();
        return key!;
    }

    // Whole or not at all, and never readable by others, not for a moment.
    private static void Write(string path, string key)
    {
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.WriteLine(key);
        }

        File.Move(draft, path, overwrite: true);
    }
}
