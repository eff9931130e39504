namespace OrleansTicker.History.Databases;

/// <summary>What a failure of the database means for the caller.</summary>
public enum DatabaseFaultKind
{
    /// <summary>It cannot be reached or read now; a later call may succeed.</summary>
    Unavailable,

    /// <summary>It cannot be written; it may be readable.</summary>
    NotWritable,

    /// <summary>It rejected the request: its tables are not as they should be, or this program has a bug.</summary>
    Refused,
}
