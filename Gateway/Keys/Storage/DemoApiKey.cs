using System.Data.Common;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Files;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>
/// The key of Development: made at the first start, the same from then on, for user <c>demo</c> with role <c>user</c>. Its text is in a
/// file in the data folder, for its owner alone; the database holds its hash. Where either lost it, it is mended from the file, or
/// made anew where the file is gone or its key was revoked.
/// </summary>
internal sealed partial class DemoApiKey(
    IApiKeyDatabase database, IOptions<KeyOptions> options, IHostEnvironment environment, TimeProvider time, ILogger<DemoApiKey> logger)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "demo-api-key";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path = Path.Combine(Path.GetDirectoryName(options.Value.PathIn(environment))!, FileName);
    private string? _logged;

    /// <summary>Makes sure of the key in Development, and logs it once. Does nothing elsewhere.</summary>
    public async Task EnsureAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment())
        {
            return;
        }

        // The usual case, which needs nothing to be written.
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

    /// <summary>The key in the file; null where there is none.</summary>
    private string? Read() => File.Exists(_path) && File.ReadAllText(_path).Trim() is var text && ApiKeyFormat.IsWellFormed(text) ? text : null;

    private void Tell(string key)
    {
        if (Interlocked.Exchange(ref _logged, key) != key)
        {
            LogDemoKey(key);
        }
    }

    // Whole or not at all, and never readable by others, not for a moment.
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

    // The one secret in a log: everyone who reads a developer's console may have the demo key, which is why it is for Development only.
    [LoggerMessage(2100, LogLevel.Information, "Demo API key: {Key}")]
    private partial void LogDemoKey(string key);
}
