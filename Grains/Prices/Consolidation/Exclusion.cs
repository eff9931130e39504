namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>Why an exchange does not count in the price of a symbol.</summary>
internal enum Exclusion
{
    /// <summary>It counts.</summary>
    None,

    /// <summary>It has shown no sign of life for too long.</summary>
    Silent,

    /// <summary>The connection that carries the symbol is lost.</summary>
    Away,

    /// <summary>It has said nothing of the symbol for too long.</summary>
    Old,

    /// <summary>Its bid is above its ask.</summary>
    Crossed,

    /// <summary>It has given neither a bid and an ask nor a trade.</summary>
    Unpriced,

    /// <summary>Its price is beyond what can be a price.</summary>
    Implausible,

    /// <summary>Its price would have to be converted, and there is no rate that can be trusted.</summary>
    Unconvertible,

    /// <summary>Its price strays too far from the median.</summary>
    Straying,
}
