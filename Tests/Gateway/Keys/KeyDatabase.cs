using System.Data.Common;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

/// <summary>An API key database, empty at first, with a data folder. Several hosts may share it.</summary>
internal abstract class KeyDatabase : IAsyncDisposable
{
    public TemporaryFolder Folder { get; } = new();

    /// <summary>The settings by which a host uses it.</summary>
    public abstract IEnumerable<KeyValuePair<string, string?>> Settings { get; }

    /// <summary>The SQL that sets the schema's version.</summary>
    public abstract string SetVersion(long version);

    /// <summary>Opens a connection for the test itself.</summary>
    public abstract Task<DbConnection> ConnectAsync();

    /// <summary>Makes the database unavailable, or available again.</summary>
    public abstract Task SetAwayAsync(bool isAway);

    /// <summary>Begins a transaction that blocks changes of the schema and of the demo key.</summary>
    public abstract Task<DbTransaction> HoldAsync(DbConnection connection);

    /// <summary>Everything that is stored, as an attacker who steals the database sees it.</summary>
    public abstract Task<byte[]> ReadBytesAsync();

    public virtual ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
