namespace OrleansTicker.Gateway.Keys;

/// <summary>A new API key in JSON: the one place where the key itself is shown.</summary>
/// <param name="ApiKey">The key itself.</param>
/// <param name="Key">What is stored of it.</param>
/// <param name="Replaces">The key that it replaces, as it is now; null if there is none.</param>
internal sealed record CreatedApiKeyJson(string ApiKey, ApiKeyJson Key, ApiKeyJson? Replaces)
{
    /// <summary>A key that was made at this time.</summary>
    public static CreatedApiKeyJson Of(CreatedApiKey created, ApiKeyRecord? replaced, DateTimeOffset now) =>
        new(created.Key, ApiKeyJson.Of(created.Record, now), replaced is null ? null : ApiKeyJson.Of(replaced, now));

    /// <summary>The key's number alone, so that no log shows the key.</summary>
    public override string ToString() => $"{nameof(CreatedApiKeyJson)} {Key.Id}";
}
