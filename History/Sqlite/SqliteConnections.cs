using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.Sqlite;

/// <summary>
/// Connections to the file that are used again, since the last one that closes has SQLite write back its whole log. A connection goes on
/// using a file that was deleted or replaced, so each is checked against the file's time of birth. One that was opened to read only does not
/// see what others write later, so it is not used again. Thread-safe; its calls block.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="cacheKilobytes">How much of the file each connection keeps in memory.</param>
internal sealed class SqliteConnections(string path, int cacheKilobytes) : IDisposable
{
    private readonly SqliteFile _file = new(path);
    private readonly ConcurrentBag<(SqliteConnection Connection, DateTime Birth)> _idle = [];
    private volatile bool _isDisposed;

    /// <summary>Runs work on a connection of its own, which is interrupted when the token is cancelled.</summary>
    /// <exception cref="SqliteException">The file can't be opened, or the work has failed.</exception>
    public T Use<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        var birth = File.GetCreationTimeUtc(path);
        var connection = Take(birth) ?? Open();
        try
        {
            using var interruption = cancellationToken.Register(() => SQLitePCL.raw.sqlite3_interrupt(connection.Handle));
            SqliteSchema.Check(connection);
            var result = work(connection);
            if (_file.WhyReadOnly(connection) is null)
            {
                _idle.Add((connection, birth));
                connection = null;
            }

            return result;
        }
        finally
        {
            connection?.Dispose();
            if (_isDisposed)
            {
                Dispose();
            }
        }
    }

    /// <summary>Closes those that nobody uses; the others are closed after their use.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out var idle))
        {
            idle.Connection.Dispose();
        }
    }

    private SqliteConnection? Take(DateTime birth)
    {
        while (_idle.TryTake(out var idle))
        {
            if (idle.Birth == birth)
            {
                return idle.Connection;
            }

            idle.Connection.Dispose();
        }

        return null;
    }

    private SqliteConnection Open()
    {
        var connection = _file.Open();
        try
        {
            // A crash of the machine may lose what was written last, but damages nothing (https://sqlite.org/pragma.html#pragma_synchronous).
            using var command = connection.Command(
                $"PRAGMA synchronous = NORMAL; PRAGMA cache_size = -{cacheKilobytes}; PRAGMA journal_size_limit = 67108864");
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
