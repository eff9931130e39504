using System.Data.Common;
using Microsoft.Extensions.Options;
using OrleansTicker.Common.Files;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>
/// The API key for Development, for user <c>demo</c> with role <c>user</c>. It is created at the first start, and stays the same. Its text
/// is in a file in the data folder, for the owner only; the database holds its hash. If the database has lost it, it is restored from the
/// file; if the file is gone or the key was revoked, a new one is created.
/// </summary>
internal sealed partial class DemoApiKey(
    IApiKeyDatabase database, IOptions<KeyOptions> options, IHostEnvironment environment, TimeProvider time, ILogger<DemoApiKey> logger)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "demo-api-key";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path = Path.Combine(Path.GetDirectoryName(options.Value.PathIn(environment))!, FileName);
    private string? _logged;

    /// <summary>The path of the key's file, on this machine; null outside Development, where there is no demo key.</summary>
    public string? FilePath => environment.IsDevelopment() ? _path : null;

    /// <summary>Ensures that the key exists in Development, and logs it once. It does nothing in other environments.</summary>
    public async Task EnsureAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment())
        {
            return;
        }

        // The usual case, in which nothing has to be written.
        if (Read() is { } known && await ApiKeyQueries.IsDemoAsync(connection, known, cancellationToken))
        {
            Tell(known);
            return;
        }

        // The database's exclusive transaction also guards the file: two gateways that start at once agree on one key.
        await using var transaction = await database.BeginExclusiveAsync(connection, cancellationToken);
        OwnerFolder.Make(Path.GetDirectoryName(_path)!);
        var key = Read();
        if (key is null || await ApiKeyQueries.IsKeptFromDemoAsync(connection, key, cancellationToken))
        {
            key = ApiKeyFormat.Create();
            Write(_path, key);
        }

        await ApiKeyQueries.PutDemoAsync(connection, key, time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Tell(key);
    }

    /// <summary>The key in the file; null if there is none.</summary>
    private string? Read() => File.Exists(_path) && File.ReadAllText(_path).Trim() is var text && ApiKeyFormat.IsWellFormed(text) ? text : null;

    private void Tell(string key)
    {
        if (Interlocked.Exchange(ref _logged, key) != key)
        {
            LogDemoKey(key);
        }
    }

    // The file is written completely or not at all, and is never readable by others.
    private static void Write(string path, string key)
    {
        var draft = path + ".new";
        File.Delete(draft);
        var file = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = OwnerOnly;
        }

        using (var writer = new StreamWriter(draft, file))
        {
            writer.WriteLine(key);
        }

        File.Move(draft, path, overwrite: true);
    }

    // The only secret that is logged: everyone who reads a developer's console may have the demo key, so it is valid in Development only.
    [LoggerMessage(2100, LogLevel.Information, "Demo API key: {Key}")]
    private partial void LogDemoKey(string key);
}
