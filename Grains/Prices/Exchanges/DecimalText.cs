namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>
/// Reads decimals from their text in UTF-8, exactly and never through a double. Trailing zeros stay: <c>42000.10</c> has two decimal places.
/// </summary>
internal static class DecimalText
{
    private const int MaxScale = 28; // Of System.Decimal, as are the 96 bits below.
    private const int MaxShortDigits = 19; // Any number of so many digits fits in 64 bits.
    private const int MaxDigits = 38; // Any number of so many digits fits in 128 bits.
    private const int MaxExponentDigits = 3;

    private static readonly UInt128 MaxMantissa = (UInt128.One << 96) - 1;

    /// <summary>A price: above zero, or null.</summary>
    public static decimal? Price(ReadOnlySpan<byte> text) => Parse(text) is { } price and > 0 ? price : null;

    /// <summary>A number without sign, such as <c>0.50</c> or <c>2.5e-8</c>.</summary>
    /// <returns>The number; null if the text is anything else, or a decimal cannot hold it exactly.</returns>
    public static decimal? Parse(ReadOnlySpan<byte> text)
    {
        ulong mantissa = 0;
        int at = 0, point = -1;
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
            }
            else if (text[at] == '.' && point < 0 && at > 0)
            {
                point = at;
            }
            else
            {
                break;
            }
        }

        var digits = point < 0 ? at : at - 1;
        var scale = point < 0 ? 0 : at - point - 1;
        return at < text.Length || digits is 0 or > MaxShortDigits || point == at - 1 || HasIdleZero(text)
            ? ParseLong(text, at, point, digits, scale)
            : new decimal((int)mantissa, (int)(mantissa >> 32), 0, isNegative: false, (byte)scale);
    }

    private static decimal? ParseLong(ReadOnlySpan<byte> text, int end, int point, int digits, int scale)
    {
        if (digits is 0 or > MaxDigits || point == end - 1 || HasIdleZero(text) || ReadExponent(text[end..]) is not { } exponent)
        {
            return null;
        }

        UInt128 mantissa = 0;
        foreach (var character in text[..end])
        {
            mantissa = character == '.' ? mantissa : (mantissa * 10) + (uint)(character - '0');
        }

        for (scale -= exponent; scale < 0 && mantissa <= MaxMantissa && mantissa != 0; scale++)
        {
            mantissa *= 10;
        }

        // Zeros that a decimal has no room for do not change the number.
        for (; (scale > MaxScale || mantissa > MaxMantissa) && scale > 0 && mantissa % 10 == 0 && mantissa != 0; scale--)
        {
            mantissa /= 10;
        }

        if (mantissa == 0)
        {
            return 0;
        }

        return scale > MaxScale || mantissa > MaxMantissa
            ? null
            : new decimal((int)(uint)mantissa, (int)(uint)(mantissa >> 32), (int)(uint)(mantissa >> 64), isNegative: false, (byte)scale);
    }

    /// <summary>The exponent that a text such as <c>e-8</c> is; 0 for no text, null for anything else.</summary>
    private static int? ReadExponent(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        var isNegative = text.Length > 1 && text[1] == '-';
        var digits = text[(isNegative || (text.Length > 1 && text[1] == '+') ? 2 : 1)..];
        if (text[0] is not ((byte)'e' or (byte)'E') || digits.Length is 0 or > MaxExponentDigits)
        {
            return null;
        }

        var exponent = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return null;
            }

            exponent = (exponent * 10) + digit - '0';
        }

        return isNegative ? -exponent : exponent;
    }

    private static bool HasIdleZero(ReadOnlySpan<byte> text) => text.Length > 1 && text[0] == '0' && char.IsAsciiDigit((char)text[1]);
}
