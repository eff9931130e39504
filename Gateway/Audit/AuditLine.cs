namespace OrleansTicker.Gateway.Audit;

/// <summary>One line of the audit log's file.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Action">What was done.</param>
/// <param name="Resource">What it was done to.</param>
/// <param name="Allowed">Whether it was allowed.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Address">The client's address.</param>
/// <param name="Detail">Further details.</param>
internal sealed record AuditLine(
    DateTimeOffset Time, string Action, string Resource, bool Allowed, string? Actor, string? Address, string? Detail)
{
    /// <summary>The longest part, in characters; some parts are whatever a client has sent.</summary>
    private const int LongestPart = 256;

    /// <summary>
    /// The line of an event, with its parts truncated and without control characters, so that it is one line in the ordinary log.
    /// </summary>
    public static AuditLine Of(AuditEvent happened, DateTimeOffset time) => new(
        time,
        Clean(happened.Action)!,
        Clean(happened.Resource)!,
        happened.IsAllowed,
        Clean(happened.ActorId),
        Clean(happened.Address),
        Clean(happened.Detail));

    private static string? Clean(string? text)
    {
        var part = text?.Length > LongestPart ? text[..LongestPart] : text;
        return part is null || !part.Any(char.IsControl)
            ? part
            : string.Create(part.Length, part, static (cleaned, dirty) =>
            {
                for (var index = 0; index < cleaned.Length; index++)
                {
                    cleaned[index] = char.IsControl(dirty[index]) ? '?' : dirty[index];
                }
            });
    }
}
