using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Tokens;

/// <summary>Signs tokens with the current key, and verifies them with the current and previous keys. Thread-safe.</summary>
internal sealed class TokenSigner : ITokenSigner
{
    private const int SecretBytes = 32;

    // 32 bytes in base64url without padding, for the secret and for the signature.
    private const int PartLength = 43;
    private const int TokenLength = PartLength + 1 + PartLength;

    private readonly SigningKeys _keys;

    public TokenSigner(IOptions<TokenOptions> options, IHostEnvironment environment)
    {
        if (!SigningKeys.TryResolve(options.Value, environment, out var keys, out var error))
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(TokenOptions), [error]);
        }

        _keys = keys;
    }

    /// <inheritdoc/>
    public string NewSecret()
    {
        Span<byte> secret = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(secret);
        return Base64Url.EncodeToString(secret);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The text is not the first part of a token.</exception>
    public string KeyOf(string secret)
    {
        Span<byte> ascii = stackalloc byte[PartLength];
        Encode(secret, ascii);
        return KeyOf(ascii);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The text is not the first part of a token.</exception>
    public string Sign(string secret)
    {
        Span<byte> ascii = stackalloc byte[PartLength];
        Encode(secret, ascii);
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_keys.Current, ascii, signature);
        return $"{secret}.{Base64Url.EncodeToString(signature)}";
    }

    /// <inheritdoc/>
    public bool TryVerify(string? token, [NotNullWhen(true)] out string? key)
    {
        key = null;
        if (token?.Length != TokenLength || token[PartLength] != '.')
        {
            return false;
        }

        Span<byte> secret = stackalloc byte[PartLength];
        Span<byte> presented = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!TryEncode(token.AsSpan(0, PartLength), secret) || !TryDecode(token.AsSpan(PartLength + 1), presented))
        {
            return false;
        }

        // Always with all keys, so that the time does not tell which of them signed the token, if any.
        var isSigned = IsSigned(_keys.Current, secret, presented);
        foreach (var previous in _keys.Previous)
        {
            isSigned |= IsSigned(previous, secret, presented);
        }

        if (!isSigned)
        {
            return false;
        }

        key = KeyOf(secret);
        return true;
    }

    private static bool IsSigned(byte[] signingKey, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> presented)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(signingKey, secret, expected);
        return CryptographicOperations.FixedTimeEquals(expected, presented);
    }

    private static string KeyOf(ReadOnlySpan<byte> ascii)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(ascii, hash);
        return Base64Url.EncodeToString(hash);
    }

    private static void Encode(string secret, Span<byte> ascii)
    {
        if (!TryEncode(secret, ascii))
        {
            throw new ArgumentException("Not the first part of a token", nameof(secret));
        }
    }

    // The part as ASCII, if it is valid.
    private static bool TryEncode(ReadOnlySpan<char> part, Span<byte> ascii)
    {
        Span<byte> bytes = stackalloc byte[SecretBytes];
        return TryDecode(part, bytes) && Encoding.ASCII.GetBytes(part, ascii) == PartLength;
    }

    // Each part has only one spelling: the decoder rejects bits beyond the 32nd byte, and if it skips white space or padding, the
    // result is too short.
    private static bool TryDecode(ReadOnlySpan<char> part, Span<byte> bytes) =>
        part.Length == PartLength
        && Base64Url.DecodeFromChars(part, bytes, out _, out var length) == OperationStatus.Done
        && length == bytes.Length;
}
