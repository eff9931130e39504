namespace OrleansTicker.Gateway.Keys;

/// <summary>Where the API keys are.</summary>
internal sealed class KeyOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Keys";

    /// <summary>
    /// The SQLite file of the keys; a relative path counts from the content root. Its folder, made at the first start for
    /// the owner alone, also holds the demo key in Development. <c>data/keys.db</c> by default.
    /// </summary>
    public string Path { get; set; } = "data/keys.db";
}
