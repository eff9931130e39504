namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>How many digits a computed price is given.</summary>
internal static class PriceDigits
{
    /// <summary>The most decimals of a computed price.</summary>
    public const int MaxDecimals = 18;

    /// <summary>The most that rounding may move a price, as a fraction of it.</summary>
    private const decimal MaxError = 0.0001m;

    /// <summary>How many decimals a number has, without the zeros at its end; at most <see cref="MaxDecimals"/>.</summary>
    public static int CountDecimals(decimal number) => Math.Min((int)Trim(number).Scale, MaxDecimals);

    /// <summary>
    /// Rounds a computed price to the decimals that exchanges use for the symbol, and to more where that would move it by more than 0.01 %:
    /// a price that was converted to a dearer currency needs more, and none may become zero.
    /// </summary>
    /// <param name="price">The price, from half of <see cref="Plausible.MinPrice"/>.</param>
    /// <param name="decimals">The decimals that exchanges use.</param>
    public static decimal Round(decimal price, int decimals)
    {
        var rounded = decimal.Round(price, decimals);
        while (decimals < MaxDecimals && Math.Abs(rounded - price) > price * MaxError)
        {
            rounded = decimal.Round(price, ++decimals);
        }

        return Trim(rounded);
    }

    /// <summary>Removes the zeros at the end, so that equal prices are written alike.</summary>
    public static decimal Trim(decimal number)
    {
        if (number.Scale == 0)
        {
            return number;
        }

        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        return parts[2] == 0 ? Trim((ulong)(uint)parts[1] << 32 | (uint)parts[0], number.Scale, number < 0) : TrimLong(number);
    }

    /// <summary>Numbers of up to 19 digits, which are nearly all, without the cost of decimals.</summary>
    private static decimal Trim(ulong digits, byte scale, bool isNegative)
    {
        while (scale > 0 && digits % 10 == 0)
        {
            digits /= 10;
            scale--;
        }

        return new decimal((int)digits, (int)(digits >> 32), 0, isNegative, scale);
    }

    private static decimal TrimLong(decimal number)
    {
        while (number.Scale > 0)
        {
            var shorter = decimal.Round(number, number.Scale - 1);
            if (shorter != number)
            {
                break;
            }

            number = shorter;
        }

        return number;
    }
}
