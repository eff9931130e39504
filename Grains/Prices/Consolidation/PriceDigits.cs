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
