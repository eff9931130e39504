using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Tokens;

/// <summary>Signs and checks tokens with the configured key. Any thread may call it.</summary>
internal sealed class TokenSigner : ITokenSigner
{
    private const int SecretBytes = 32;

    // 32 bytes, of a secret as of a signature, in base64url without padding.
    private const int PartLength = 43;
    private const int TokenLength = PartLength + 1 + PartLength;

    private readonly byte[] _signingKey;

    public TokenSigner(IOptions<TokenOptions> options, IHostEnvironment environment)
    {
        if (!SigningKey.TryResolve(options.Value, environment, out var key, out var error))
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(TokenOptions), [error]);
        }

        _signingKey = key;
    }

    /// <inheritdoc/>
    public string NewSecret()
    {
        Span<byte> secret = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(secret);
        return Base64Url.EncodeToString(secret);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">This is no first part of a token.</exception>
    public string KeyOf(string secret)
    {
        Span<byte> ascii = stackalloc byte[PartLength];
        Encode(secret, ascii);
        return KeyOf(ascii);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">This is no first part of a token.</exception>
    public string Sign(string secret)
    {
        Span<byte> ascii = stackalloc byte[PartLength];
        Encode(secret, ascii);
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_signingKey, ascii, signature);
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

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_signingKey, secret, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, presented))
        {
            return false;
        }

        key = KeyOf(secret);
        return true;
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

    // The ASCII of a part, if it is one.
    private static bool TryEncode(ReadOnlySpan<char> part, Span<byte> ascii)
    {
        Span<byte> bytes = stackalloc byte[SecretBytes];
        return TryDecode(part, bytes) && Encoding.ASCII.GetBytes(part, ascii) == PartLength;
    }

    // The decoder passes over white space and padding, which leaves 43 characters too few bytes, and refuses bits beyond
    // the 32nd byte: each part has one spelling.
    private static bool TryDecode(ReadOnlySpan<char> part, Span<byte> bytes) =>
        part.Length == PartLength
        && Base64Url.DecodeFromChars(part, bytes, out _, out var length) == OperationStatus.Done
        && length == bytes.Length;
}
