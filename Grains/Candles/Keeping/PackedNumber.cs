namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>The parts of a decimal number, trailing zeros included.</summary>
/// <param name="Digits">Its digits as a whole number, with its sign.</param>
/// <param name="Scale">How many of them are decimal places.</param>
/// <param name="IsShort">Whether it has few enough digits for <paramref name="Digits"/>, and for a difference of two.</param>
internal readonly record struct PackedNumber(long Digits, byte Scale, bool IsShort)
{
    private const long Longest = 1L << 62;

    /// <summary>Takes a number apart.</summary>
    public static PackedNumber Of(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(value, bits);
        var digits = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        var isNegative = bits[3] < 0;
        var isShort = bits[2] == 0 && digits < Longest && !(isNegative && digits == 0);
        return new PackedNumber(isShort ? isNegative ? -(long)digits : (long)digits : 0, (byte)(bits[3] >> 16), isShort);
    }

    /// <summary>Puts a number together.</summary>
    public decimal ToDecimal()
    {
        var digits = (ulong)Math.Abs(Digits);
        return new decimal((int)digits, (int)(digits >> 32), 0, Digits < 0, Scale);
    }
}
