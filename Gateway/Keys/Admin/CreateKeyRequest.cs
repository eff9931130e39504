using OrleansTicker.Gateway.Json;

namespace OrleansTicker.Gateway.Keys.Admin;

/// <summary>The body of <c>POST /admin/keys</c>.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="UserId">The user.</param>
/// <param name="Role">The user's role; <c>user</c> where it is missing.</param>
/// <param name="ExpiresIn">How long it is valid, in seconds; for ever if it is missing.</param>
internal sealed record CreateKeyRequest(string? Name, string? UserId, string? Role, long? ExpiresIn)
{
    /// <summary>Takes it from the fields of a body.</summary>
    public static CreateKeyRequest Read(JsonFields fields) =>
        new(fields.Text("name"), fields.Text("user_id"), fields.Text("role"), fields.Whole("expires_in"));

    /// <summary>What it asks for. A number of seconds beyond all bounds becomes the largest, which is refused like it.</summary>
    public NewApiKey ToNewApiKey() => new(
        Name ?? "",
        UserId ?? "",
        Role ?? NewApiKey.DefaultRole,
        ExpiresIn is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, -1, int.MaxValue)) : null);
}
