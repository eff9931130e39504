using OrleansTicker.History;

namespace OrleansTicker.Tests.History;

/// <summary>A database for the history of one test. Several stores, as of several processes, may use it.</summary>
internal abstract class HistoryDatabase : IAsyncDisposable
{
    /// <summary>A store that uses it.</summary>
    public abstract IHistoryStore Open();

    /// <summary>Runs SQL on it.</summary>
    public abstract Task<object?> QueryAsync(string sql);

    /// <summary>Sets the version of its schema.</summary>
    public abstract Task SetVersionAsync(long version);

    /// <summary>Makes it unavailable, or available again.</summary>
    public abstract Task SetAwayAsync(bool isAway);

    public abstract ValueTask DisposeAsync();
}
