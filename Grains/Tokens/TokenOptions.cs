namespace OrleansTicker.Grains.Tokens;

/// <summary>How tokens are signed and how long they live. The same on every silo and gateway of a cluster.</summary>
public sealed class TokenOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Tokens";

    /// <summary>
    /// The demo key. Everyone knows it, so whoever wants to can sign tokens with it: it serves in Development where no key is
    /// set, and is refused anywhere else. A key made at random would end all tokens at each start, and no two processes would agree.
    /// </summary>
    public const string DevelopmentKey = "OrleansTicker/demo/key/which/everyone/knows/for/Development/only";

    /// <summary>The shortest key, in bytes: as long as the hash that it keys (RFC 2104, 3).</summary>
    public const int MinKeyBytes = 32;

    /// <summary>The shortest <see cref="Lifetime"/>.</summary>
    public static readonly TimeSpan MinLifetime = TimeSpan.FromMinutes(1);

    /// <summary>The longest <see cref="Lifetime"/>.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(30);

    /// <summary>How long a token is valid. One hour by default; from one minute to 30 days.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The signing key in base64, at least <see cref="MinKeyBytes"/> bytes. Must be set outside Development, here or by
    /// <see cref="KeyEnvironmentVariable"/>, never both.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>
    /// The name of the environment variable that holds the signing key in base64. Where it is set, the key comes from there
    /// and nowhere else: a variable that is missing stops the start.
    /// </summary>
    public string? KeyEnvironmentVariable { get; set; }

    /// <summary>
    /// Keys that were used before, in base64 and under the same rules: they sign nothing any more, and what they have signed stays
    /// good until it expires. None by default.
    /// </summary>
    public string[] PreviousKeys { get; set; } = [];

    /// <summary>The names of environment variables that each hold such a key. None by default; they add to <see cref="PreviousKeys"/>.</summary>
    public string[] PreviousKeyEnvironmentVariables { get; set; } = [];
}
