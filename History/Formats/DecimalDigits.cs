using System.Globalization;

namespace OrleansTicker.History.Formats;

/// <summary>Reads numbers without losing a digit.</summary>
internal static class DecimalDigits
{
    /// <summary>Reads a number with an optional sign and point.</summary>
    /// <returns>Whether it is one, and all of its digits can be kept: the platform would round what has too many.</returns>
    public static bool TryParse(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
        && PlacesOf(text) <= number.Scale;

    private static int PlacesOf(string text) =>
        text.IndexOf('.', StringComparison.Ordinal) is var point and >= 0 ? text.TrimEnd('0').Length - point - 1 : 0;
}
