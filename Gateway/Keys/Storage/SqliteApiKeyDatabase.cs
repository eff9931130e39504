using System.Data.Common;
using System.Threading.RateLimiting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Files;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>
/// Stores API keys in a SQLite file. SQLite blocks, for seconds if another process holds the file, so it runs on a few threads of its own:
/// on the thread pool, a few such calls would stop everyone's prices. If the file can be read but its folder can't be written, the keys can
/// still be read.
/// </summary>
internal sealed class SqliteApiKeyDatabase(IOptions<KeyOptions> options, IHostEnvironment environment, TimeProvider time)
    : IApiKeyDatabase, IDisposable
{
    // Result codes of SQLite (https://sqlite.org/rescode.html).
    private const int Busy = 5;
    private const int Locked = 6;
    private const int NoMemory = 7;
    private const int ReadOnly = 8;
    private const int Interrupted = 9;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int NotADatabase = 26;

    // How long a statement waits for another process's lock before the database counts as unavailable.
    private const int BusyTimeoutSeconds = 3;

    /// <summary>How many callers use the file at once, and how many more may wait.</summary>
    private const int Readers = 2;
    private const int Waiting = 64;

    /// <summary>How long a caller may wait for its turn.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    private readonly ConcurrencyLimiter _turns = new(new ConcurrencyLimiterOptions { PermitLimit = Readers, QueueLimit = Waiting });

    /// <inheritdoc/>
    public string Location { get; } = options.Value.PathIn(environment);

    /// <inheritdoc/>
    public string Remedy => "Keys:Path to another file";

    /// <inheritdoc/>
    public SqlDialect Dialect => SqlDialect.Sqlite;

    private string Folder => Path.GetDirectoryName(Location)!;

    /// <inheritdoc/>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var turn = await _turns.AcquireAsync(1, either.Token);
            if (turn.IsAcquired)
            {
                // SQLite's asynchronous methods block, so the work stays on its thread.
                return await Task.Factory.StartNew(
                    () => work(cancellationToken).GetAwaiter().GetResult(),
                    cancellationToken,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Its turn did not come in time.
        }

        throw new TimeoutException("Too many wait for the file already");
    }

    /// <summary>Creates the folder and the file if they are missing.</summary>
    public Task<DbConnection> CreateAsync(CancellationToken cancellationToken)
    {
        OwnerFolder.Make(Folder);

        // In WAL mode readers never wait for a writer. The mode can be set only outside a transaction.
        return OpenAsync(SqliteOpenMode.ReadWriteCreate, "PRAGMA journal_mode = WAL", cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        OpenAsync(SqliteOpenMode.ReadWrite, "PRAGMA user_version", cancellationToken);

    /// <inheritdoc/>
    public string? WhyReadOnly(DbConnection connection) =>
        SQLitePCL.raw.sqlite3_db_readonly(((SqliteConnection)connection).Handle, "main") == 1 ? WhyNotWritable() ?? "the file is read-only" : null;

    /// <inheritdoc/>
    public DatabaseFault Explain(Exception exception) => exception switch
    {
        SqliteException sqlite => Explain(sqlite),
        TimeoutException => new(DatabaseFaultKind.Unavailable, exception.Message),
        IOException or UnauthorizedAccessException => FileFault.WhyNotWritten(exception) is { } cause
            ? new(DatabaseFaultKind.NotWritable, cause)
            : new(DatabaseFaultKind.Unavailable, exception.Message),
        _ => new(DatabaseFaultKind.Refused, exception.Message),
    };

    /// <inheritdoc/>
    public Task<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    /// <inheritdoc/>
    public Task<long> ReadVersionAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ReadLongAsync("PRAGMA user_version", cancellationToken);

    /// <inheritdoc/>
    public Task WriteVersionAsync(DbConnection connection, long version, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"PRAGMA user_version = {version}", cancellationToken);

    /// <summary>Cancels the callers that wait for their turn.</summary>
    public void Dispose() => _turns.Dispose();

    /// <summary>
    /// Opens the file and runs a first statement, since SQLite does not read the file before. If that fails, opens it read-only.
    /// </summary>
    private async Task<DbConnection> OpenAsync(SqliteOpenMode mode, string first, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(new SqliteConnectionStringBuilder { DataSource = Location, Mode = mode }, first, cancellationToken);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is ReadOnly or IoError or Full or CannotOpen)
        {
            if (await TryOpenToReadAsync(cancellationToken) is { } connection)
            {
                return connection;
            }

            throw;
        }
    }

    /// <summary>
    /// Opens a file in a folder that can't be written. To read a file in WAL mode, SQLite creates another file beside it
    /// (https://sqlite.org/wal.html, Read-Only Databases); if it can't, nobody else can be writing either. What a crash has left in the log
    /// is read with an index in memory, which requires that the file is opened without locks.
    /// </summary>
    private async Task<DbConnection?> TryOpenToReadAsync(CancellationToken cancellationToken)
    {
        var hasLog = new FileInfo(Location + "-wal") is { Exists: true, Length: > 0 };
        var settings = new SqliteConnectionStringBuilder { Mode = SqliteOpenMode.ReadOnly };
        if (hasLog)
        {
            settings.DataSource = Location;
            settings.Vfs = OperatingSystem.IsWindows() ? "win32-none" : "unix-none";
        }
        else
        {
            var escaped = Location.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString);
            settings.DataSource = $"file:{(OperatingSystem.IsWindows() ? "/" : "")}{string.Join('/', escaped)}?immutable=1";
        }

        try
        {
            var first = (hasLog ? "PRAGMA locking_mode = EXCLUSIVE; " : "") + "PRAGMA user_version";
            return await OpenAsync(settings, first, cancellationToken);
        }
        catch (SqliteException)
        {
            return null; // The caller reports why it could not be opened normally.
        }
    }

    private static async Task<DbConnection> OpenAsync(SqliteConnectionStringBuilder settings, string first, CancellationToken cancellationToken)
    {
        settings.DefaultTimeout = BusyTimeoutSeconds;
        settings.Pooling = false; // A pooled connection keeps reading a file that was deleted or replaced.
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await connection.ExecuteAsync(first, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private DatabaseFault Explain(SqliteException exception) => exception.SqliteErrorCode switch
    {
        Full => new(DatabaseFaultKind.NotWritable, "the disk is full"),
        ReadOnly => new(DatabaseFaultKind.NotWritable, WhyNotWritable() ?? "the file is read-only"),
        IoError or CannotOpen => WhyNotReadable() is { } unreadable ? new(DatabaseFaultKind.Unavailable, unreadable)
            : WhyNotWritable() is { } unwritable ? new(DatabaseFaultKind.NotWritable, unwritable)
            : new(DatabaseFaultKind.Unavailable, exception.Message),
        Busy or Locked or Protocol => new(DatabaseFaultKind.Unavailable, "another process holds the file"),
        Corrupt or NotADatabase => new(DatabaseFaultKind.Unavailable, "the file is damaged, or no SQLite database"),
        NoMemory or Interrupted => new(DatabaseFaultKind.Unavailable, exception.Message),
        _ => new(DatabaseFaultKind.Refused, exception.Message),
    };

    // SQLite only reports that it could not open something. The file system tells why.
    private string? WhyNotReadable() =>
        File.Exists(Location) || !Directory.Exists(Folder)
            ? FileFault.WhyNotOpened(Location, FileAccess.Read)
            : FileFault.WhyNoFileIn(Folder) ?? "there is no such file";

    private string? WhyNotWritable() => FileFault.WhyNoFileIn(Folder) ?? FileFault.WhyNotOpened(Location, FileAccess.ReadWrite);
}
