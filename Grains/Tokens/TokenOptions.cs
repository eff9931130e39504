namespace OrleansTicker.Grains.Tokens;

/// <summary>How tokens are signed and how long they are valid. Must be the same on every silo and gateway of a cluster.</summary>
public sealed class TokenOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Tokens";

    /// <summary>
    /// The demo key, used in Development if no key is set and refused elsewhere: everyone knows it and could sign tokens with it. A random
    /// key instead would invalidate all tokens at each start and differ between processes.
    /// </summary>
    public const string DevelopmentKey = "OrleansTicker/demo/key/which/everyone/knows/for/Development/only";

    /// <summary>The shortest key, in bytes: the length of the hash (RFC 2104, 3).</summary>
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
    /// The name of the environment variable that holds the signing key in base64. If this is set and the variable is missing, the program
    /// does not start.
    /// </summary>
    public string? KeyEnvironmentVariable { get; set; }

    /// <summary>
    /// Previous keys, in base64 and under the same rules. They no longer sign, but tokens signed with them stay valid until they expire.
    /// None by default.
    /// </summary>
    public string[] PreviousKeys { get; set; } = [];

    /// <summary>The names of environment variables that each hold such a key. None by default; they add to <see cref="PreviousKeys"/>.</summary>
    public string[] PreviousKeyEnvironmentVariables { get; set; } = [];
}
