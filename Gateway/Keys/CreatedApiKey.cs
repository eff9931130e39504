namespace OrleansTicker.Gateway.Keys;

/// <summary>A new API key, as it is shown to its owner once.</summary>
/// <param name="Key">The key itself, which is stored nowhere.</param>
/// <param name="Record">What is stored of it.</param>
internal sealed record CreatedApiKey(string Key, ApiKeyRecord Record)
{
    /// <summary>The record alone, so that no log shows the key.</summary>
    public override string ToString() => Record.ToString();
}
