namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>How a number of a candle is packed; two bits.</summary>
internal enum PackedKind
{
    /// <summary>It is the number that it is compared with, to the last digit.</summary>
    Same,

    /// <summary>As the difference: it has as many decimal places.</summary>
    Difference,

    /// <summary>As its decimal places and its digits.</summary>
    Digits,

    /// <summary>As it is in memory, since it has too many digits.</summary>
    Whole,
}
