namespace OrleansTicker.Gateway.Keys;

/// <summary>The user that a valid API key belongs to.</summary>
/// <param name="Id">The key's number, which names it and opens nothing. No number is used twice.</param>
/// <param name="UserId">The user.</param>
/// <param name="Role">The user's role, which is also the group that policies belong to.</param>
internal sealed record ApiKey(long Id, string UserId, string Role);
