namespace OrleansTicker.Gateway.Keys;

/// <summary>Whom a valid API key stands for.</summary>
/// <param name="Name">The name that its owner knows it by.</param>
/// <param name="UserId">The user.</param>
/// <param name="Role">The user's role, which is also the group that policies belong to.</param>
internal sealed record ApiKey(string Name, string UserId, string Role);
