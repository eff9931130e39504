namespace OrleansTicker.Gateway.Audit;

/// <summary>
/// Records who did what, from where, and whether it was allowed. It is separate from the ordinary log. Any thread may call it.
/// </summary>
internal interface IAuditLog
{
    /// <summary>
    /// Records an event. It never blocks and never throws; events that can't be kept are counted and reported in the log.
    /// </summary>
    void Write(AuditEvent happened);
}
