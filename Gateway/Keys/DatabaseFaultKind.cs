namespace OrleansTicker.Gateway.Keys;

/// <summary>What a database's failure means for those who ask.</summary>
internal enum DatabaseFaultKind
{
    /// <summary>It cannot be reached or read now; perhaps later.</summary>
    Unavailable,

    /// <summary>It can perhaps be read, but not written.</summary>
    NotWritable,

    /// <summary>It answered, and refused what it was asked: its tables are not what they should be, or this program is at fault.</summary>
    Refused,
}
