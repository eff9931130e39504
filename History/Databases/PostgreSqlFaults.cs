using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace OrleansTicker.History.Databases;

/// <summary>Explains what keeps a PostgreSQL server from doing what it is asked to.</summary>
public static class PostgreSqlFaults
{
    /// <summary>What an exception of Npgsql, or of the network below it, means.</summary>
    public static DatabaseFault Explain(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } =>
            new(DatabaseFaultKind.NotWritable, "the server is read-only, such as a standby"),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new(DatabaseFaultKind.NotWritable, "the server's disk is full"),
        PostgresException refusal => new(IsAway(refusal.SqlState) ? DatabaseFaultKind.Unavailable : DatabaseFaultKind.Refused, refusal.MessageText),
        NpgsqlException { InnerException: TimeoutException } => new(DatabaseFaultKind.Unavailable, "no answer in time"),
        NpgsqlException { InnerException: { } inner } => new(DatabaseFaultKind.Unavailable, inner.Message),
        DbException or IOException or SocketException or TimeoutException => new(DatabaseFaultKind.Unavailable, exception.Message),
        _ => new(DatabaseFaultKind.Refused, exception.Message),
    };

    /// <summary>Whether an exception is a fault of the server or of the way to it, and not of the connection string.</summary>
    public static bool IsFault(Exception exception) => exception
        is DbException or IOException or SocketException or UnauthorizedAccessException or TimeoutException or OperationCanceledException;

    /// <summary>Whether the server refuses all requests now, or all to this database (PostgreSQL, Appendix A).</summary>
    private static bool IsAway(string sqlState) => sqlState[..2]
        is "08" // Connection exception.
        or "28" // Invalid authorization.
        or "3D" // No such database.
        or "53" // Insufficient resources.
        or "55" // Object not in prerequisite state, such as locked.
        or "57" // Operator intervention: shutting down, starting up, cancelled.
        or "58"; // System error.
}
