using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Keys;

/// <summary>The SQLite file of the API keys: where it is, and connections to it. Any thread may call it.</summary>
internal sealed class ApiKeyDatabase(IOptions<KeyOptions> options, IHostEnvironment environment)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // How long a statement waits for another process's lock before the database counts as unavailable.
    private const int BusyTimeoutSeconds = 3;

    public string Path { get; } = System.IO.Path.GetFullPath(options.Value.Path, environment.ContentRootPath);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Makes the folder and the file where they are missing, and opens the file.</summary>
    public SqliteConnection Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Folder);
        }
        else
        {
            Directory.CreateDirectory(Folder, OwnerOnly);
        }

        return Open(SqliteOpenMode.ReadWriteCreate);
    }

    /// <summary>Opens the file, which must be there.</summary>
    public SqliteConnection Open() => Open(SqliteOpenMode.ReadWrite);

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = mode,
            DefaultTimeout = BusyTimeoutSeconds,

            // A pooled connection goes on reading a file that was deleted or replaced.
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
