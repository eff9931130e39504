namespace OrleansTicker.Gateway.Keys;

/// <summary>A list of API keys in JSON.</summary>
/// <param name="Keys">The keys, oldest first.</param>
internal sealed record ApiKeyListJson(IReadOnlyList<ApiKeyJson> Keys)
{
    /// <summary>The keys as they are at this time.</summary>
    public static ApiKeyListJson Of(IEnumerable<ApiKeyRecord> keys, DateTimeOffset now) => new([.. keys.Select(key => ApiKeyJson.Of(key, now))]);
}
