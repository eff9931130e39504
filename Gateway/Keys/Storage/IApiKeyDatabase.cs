using System.Data.Common;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>What differs between the databases that can store the API keys. Thread-safe.</summary>
internal interface IApiKeyDatabase
{
    /// <summary>The location of the keys for people, without secrets.</summary>
    string Location { get; }

    /// <summary>What to set to use another database, as the end of a sentence.</summary>
    string Remedy { get; }

    /// <summary>Its SQL dialect.</summary>
    SqlDialect Dialect { get; }

    /// <summary>Runs work where it can't delay the rest of the process, for a few seconds at most.</summary>
    /// <exception cref="TimeoutException">The work took longer, or its turn did not come.</exception>
    Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Creates what the database needs before it can be opened for the first time, and opens it. Call it within <see cref="RunAsync"/>.
    /// </summary>
    Task<DbConnection> CreateAsync(CancellationToken cancellationToken);

    /// <summary>Opens the database, which must exist, and read-only if need be. Call it within <see cref="RunAsync"/>.</summary>
    Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Why an open database can only be read; null if nothing is known to keep this process from writing.</summary>
    string? WhyReadOnly(DbConnection connection);

    /// <summary>What an exception of this database, or on the way to it, means.</summary>
    DatabaseFault Explain(Exception exception);

    /// <summary>Begins a transaction that waits until all others like it have ended, including those of other processes.</summary>
    Task<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>The schema's version; 0 if there is none yet.</summary>
    Task<long> ReadVersionAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Writes the schema's version, in the transaction that migrated it.</summary>
    Task WriteVersionAsync(DbConnection connection, long version, CancellationToken cancellationToken);
}
