using System.Diagnostics.CodeAnalysis;

namespace OrleansTicker.Grains.Interfaces.Tokens;

/// <summary>
/// Creates and verifies tokens: <c>base64url(32 random bytes) "." base64url(HMAC-SHA256(key, first part))</c>, without padding.
/// Verification needs only the key, so a forged token never reaches a grain.
/// </summary>
public interface ITokenSigner
{
    /// <summary>A new first part: 32 random bytes in base64url, 43 characters.</summary>
    string NewSecret();

    /// <summary>The key of the grain of the token with this first part: its SHA-256 in base64url.</summary>
    string KeyOf(string secret);

    /// <summary>The whole token with this first part.</summary>
    string Sign(string secret);

    /// <summary>Checks a token's form and signature, the signature in constant time.</summary>
    /// <param name="token">What a client presented; may be any text.</param>
    /// <param name="key">The key of the token's grain.</param>
    bool TryVerify(string? token, [NotNullWhen(true)] out string? key);
}
