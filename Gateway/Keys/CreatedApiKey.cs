namespace OrleansTicker.Gateway.Keys;

/// <summary>A new API key as its owner gets it, once.</summary>
/// <param name="Key">The key itself, which is kept nowhere.</param>
/// <param name="Record">What is kept of it.</param>
internal sealed record CreatedApiKey(string Key, ApiKeyRecord Record)
{
    /// <summary>The record alone, so that no log shows the key.</summary>
    public override string ToString() => Record.ToString();
}
