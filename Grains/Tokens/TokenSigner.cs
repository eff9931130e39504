using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Tokens;

/// <summary>Signs tokens with the current key, and checks them with that and all previous ones. Any thread may call it.</summary>
internal sealed class TokenSigner : ITokenSigner
{
    private const int SecretBytes = 32;

    // 32 bytes, of a secret as of a signature, in base64url without padding.
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

        // Always by all keys: how long it takes does not tell which one has signed, nor whether any has.
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
