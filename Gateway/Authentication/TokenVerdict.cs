namespace OrleansTicker.Gateway.Authentication;

/// <summary>What has been found out about a token.</summary>
/// <param name="Actor">Who acts with it; null where it is not valid.</param>
/// <param name="Key">The key of its grain; null where this system has not signed it.</param>
/// <param name="Refusal">Why it is not valid, for the audit log; empty where it is.</param>
internal readonly record struct TokenVerdict(AuthenticatedActor? Actor, string? Key, string Refusal = "");
