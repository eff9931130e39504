namespace OrleansTicker.Gateway.Audit;

/// <summary>The record of who did what, from where, and whether they were let. Apart from the ordinary log. Any thread may call it.</summary>
internal interface IAuditLog
{
    /// <summary>Records an event. Never blocks and never throws: what cannot be kept is counted, and told in the log.</summary>
    void Write(AuditEvent happened);
}
