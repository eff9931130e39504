using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.History.Databases;

/// <summary>Tells of faults of the store in sentences that name neither its address nor a secret, since they go to other processes.</summary>
internal static class HistoryFaults
{
    /// <summary>What to throw for a fault.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="exception">What the database said.</param>
    public static HistoryUnavailableException Of(DatabaseFault fault, Exception exception) => new(
        fault.Kind switch
        {
            DatabaseFaultKind.NotWritable => $"The history cannot be written: {fault.Cause}",
            DatabaseFaultKind.Refused => $"The database of the history refused the request: {fault.Cause}",
            _ => $"The history cannot be reached: {fault.Cause}",
        },
        exception);

    /// <summary>What to throw for a schema that is not the one that this program knows.</summary>
    /// <param name="version">The version that was found; 0 if there is no schema.</param>
    /// <param name="known">The version that this program knows.</param>
    /// <param name="remedy">What to set for another database.</param>
    public static HistoryUnavailableException OfVersion(long version, int known, string remedy) => new(
        version == 0
            ? "The history has not been prepared yet"
            : version < known
            ? $"The history has schema version {version}, which is older than {known}, that of this program: a silo or a gateway that keeps its candles there brings it up to date at its start"
            : $"The history has schema version {version}, and this program knows {known} at most: " +
              $"run the newer version again, or set {remedy}");
}
