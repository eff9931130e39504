using System.Buffers.Text;

namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>Reads whole numbers, such as the numbers of trades, from their text in UTF-8.</summary>
internal static class IntegerText
{
    /// <summary>A whole number of 64 bits without sign, exponent or anything beside digits; null if the text is none.</summary>
    public static long? Parse(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long number, out var length) && length == text.Length && char.IsAsciiDigit((char)text[0]) ? number : null;
}
