using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace OrleansTicker.Gateway.Keys;

/// <summary>
/// The form of an API key: <c>otk_</c>, 32 random characters (190 bits), and 6 characters of the CRC-32 of those 32, all in
/// base62 (<c>0-9A-Za-z</c>, most significant first, filled with zeros). The checksum lets a scanner for leaked secrets tell a key from
/// something similar, and lets a mistyped key be refused without a query.
/// </summary>
internal static class ApiKeyFormat
{
    /// <summary>The prefix of every key.</summary>
    public const string Prefix = "otk_";

    private const int Length = 4 + RandomLength + ChecksumLength;
    private const int RandomLength = 32;
    private const int ChecksumLength = 6;
    private const int HintLength = 8;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Base62 = SearchValues.Create(Alphabet);

    /// <summary>Makes a new key.</summary>
    public static string Create()
    {
        var random = RandomNumberGenerator.GetString(Alphabet, RandomLength);
        return $"{Prefix}{random}{ChecksumOf(random)}";
    }

    /// <summary>Whether a text has the form of a key with the right checksum.</summary>
    public static bool IsWellFormed(string? text)
    {
        if (text?.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var random = text.AsSpan(Prefix.Length, RandomLength);
        return !random.ContainsAnyExcept(Base62)
            && text.AsSpan(Prefix.Length + RandomLength).SequenceEqual(ChecksumOf(random));
    }

    /// <summary>The SHA-256 of a key: what is stored of it. A key is random enough to need no slower hash.</summary>
    public static byte[] HashOf(string apiKey) => SHA256.HashData(Encoding.ASCII.GetBytes(apiKey));

    /// <summary>The first characters of a key, which people recognize it by.</summary>
    public static string HintOf(string apiKey) => apiKey[..HintLength];

    private static string ChecksumOf(ReadOnlySpan<char> random)
    {
        Span<byte> ascii = stackalloc byte[RandomLength];
        Encoding.ASCII.GetBytes(random, ascii);
        var rest = Crc32.HashToUInt32(ascii);
        Span<char> digits = stackalloc char[ChecksumLength];
        for (var index = digits.Length - 1; index >= 0; index--)
        {
            (rest, var digit) = Math.DivRem(rest, (uint)Alphabet.Length);
            digits[index] = Alphabet[(int)digit];
        }

        return new string(digits);
    }
}
