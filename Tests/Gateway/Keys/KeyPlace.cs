using System.Data.Common;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

/// <summary>A database for API keys as tests see it, empty at first, that several hosts may share, and a data folder.</summary>
internal abstract class KeyPlace : IAsyncDisposable
{
    public TemporaryFolder Folder { get; } = new();

    /// <summary>The settings that choose it, beside the folder.</summary>
    public abstract IEnumerable<KeyValuePair<string, string?>> Settings { get; }

    /// <summary>The SQL that sets the schema's version.</summary>
    public abstract string SetVersion(long version);

    /// <summary>A connection of the test's own.</summary>
    public abstract Task<DbConnection> ConnectAsync();

    /// <summary>Takes the database away, or gives it back.</summary>
    public abstract Task SetAwayAsync(bool isAway);

    /// <summary>Begins a transaction that holds up all who want to change the schema or the demo key.</summary>
    public abstract Task<DbTransaction> HoldAsync(DbConnection connection);

    /// <summary>All that an attacker gets who steals the database.</summary>
    public abstract Task<byte[]> ReadBytesAsync();

    public virtual ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
