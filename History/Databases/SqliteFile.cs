using System.Data.Common;
using Microsoft.Data.Sqlite;
using OrleansTicker.Common.Files;

namespace OrleansTicker.History.Databases;

/// <summary>
/// Opens a SQLite file in WAL mode, in which readers never wait for a writer, and explains what keeps it from being used. If the file can be
/// read but its folder can't be written, it is opened to be read. Every call blocks: it belongs on a thread that may wait.
/// </summary>
/// <param name="path">The file's whole path.</param>
public sealed class SqliteFile(string path)
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

    private string Folder => Path.GetDirectoryName(path)!;

    /// <summary>Whether a setting names a file.</summary>
    public static bool IsNamedBy(string? path) => !string.IsNullOrWhiteSpace(path)
        && !path.Contains('\0', StringComparison.Ordinal)
        && Path.GetFileName(path).Length > 0;

    /// <summary>Creates the folder, for the owner alone, and the file if they are missing, and opens the file.</summary>
    public SqliteConnection Create()
    {
        OwnerFolder.Make(Folder);
        return OpenEither(SqliteOpenMode.ReadWriteCreate, "PRAGMA journal_mode = WAL"); // It can be set only outside a transaction.
    }

    /// <summary>Opens the file, which must exist.</summary>
    public SqliteConnection Open() => OpenEither(SqliteOpenMode.ReadWrite, "PRAGMA user_version");

    /// <summary>Why an open file can only be read; null if nothing is known to keep this process from writing.</summary>
    public string? WhyReadOnly(DbConnection connection) =>
        SQLitePCL.raw.sqlite3_db_readonly(((SqliteConnection)connection).Handle, "main") == 1 ? WhyNotWritable() ?? "the file is read-only" : null;

    /// <summary>What an exception of SQLite, or of the file system below it, means.</summary>
    public DatabaseFault Explain(Exception exception) => exception switch
    {
        SqliteException sqlite => Explain(sqlite),
        TimeoutException => new(DatabaseFaultKind.Unavailable, exception.Message),
        IOException or UnauthorizedAccessException => FileFault.WhyNotWritten(exception) is { } cause
            ? new(DatabaseFaultKind.NotWritable, cause)
            : new(DatabaseFaultKind.Unavailable, exception.Message),
        _ => new(DatabaseFaultKind.Refused, exception.Message),
    };

    /// <summary>Opens the file and runs a first statement, since SQLite does not read the file before. If that fails, opens it read-only.</summary>
    private SqliteConnection OpenEither(SqliteOpenMode mode, string first)
    {
        try
        {
            return Open(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode }, first);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is ReadOnly or IoError or Full or CannotOpen)
        {
            if (TryOpenToRead() is { } connection)
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
    private SqliteConnection? TryOpenToRead()
    {
        var hasLog = new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };
        var settings = new SqliteConnectionStringBuilder { Mode = SqliteOpenMode.ReadOnly };
        if (hasLog)
        {
            settings.DataSource = path;
            settings.Vfs = OperatingSystem.IsWindows() ? "win32-none" : "unix-none";
        }
        else
        {
            var escaped = path.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString);
            settings.DataSource = $"file:{(OperatingSystem.IsWindows() ? "/" : "")}{string.Join('/', escaped)}?immutable=1";
        }

        try
        {
            return Open(settings, (hasLog ? "PRAGMA locking_mode = EXCLUSIVE; " : "") + "PRAGMA user_version");
        }
        catch (SqliteException)
        {
            return null; // The caller reports why it could not be opened normally.
        }
    }

    private static SqliteConnection Open(SqliteConnectionStringBuilder settings, string first)
    {
        settings.DefaultTimeout = BusyTimeoutSeconds;
        settings.Pooling = false; // A pooled connection keeps reading a file that was deleted or replaced.
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.Command(first);
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
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
        File.Exists(path) || !Directory.Exists(Folder)
            ? FileFault.WhyNotOpened(path, FileAccess.Read)
            : FileFault.WhyNoFileIn(Folder) ?? "there is no such file";

    private string? WhyNotWritable() => FileFault.WhyNoFileIn(Folder) ?? FileFault.WhyNotOpened(path, FileAccess.ReadWrite);
}
