using System.Net;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Audit;

/// <summary>
/// Something that was done or attempted. No part of it may be a secret: a key is named by its id or hint, a token by the beginning
/// of its grain's key.
/// </summary>
/// <param name="Action">What was done, as policies name it, such as <c>connection.open</c>.</param>
/// <param name="Resource">What it was done to, such as <c>connection:0192…</c>.</param>
/// <param name="IsAllowed">Whether it was allowed.</param>
/// <param name="ActorId">Who did it; null if unknown.</param>
/// <param name="Address">The client's address; null if unknown.</param>
/// <param name="Detail">Further details, such as why it was refused.</param>
internal sealed record AuditEvent(
    string Action, string Resource, bool IsAllowed, string? ActorId, string? Address, string? Detail = null)
{
    /// <summary>How much of the key of a token's grain is shown: 48 bits, enough to tell tokens apart.</summary>
    public const int HintLength = 8;

    /// <summary>An event of a request.</summary>
    /// <param name="address">The address of the request's client; null if it is not known.</param>
    /// <param name="action">What was done.</param>
    /// <param name="resource">What it was done to.</param>
    /// <param name="isAllowed">Whether it was allowed.</param>
    /// <param name="actorId">Who did it; null if nobody knows.</param>
    /// <param name="detail">Further details.</param>
    public static AuditEvent Of(IPAddress? address, string action, string resource, bool isAllowed, string? actorId, string? detail = null) =>
        new(action, resource, isAllowed, actorId, ClientAddress.Of(address), detail);
}
