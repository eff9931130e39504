namespace OrleansTicker.Gateway.Market;

/// <summary>How prices reach this gateway from the ticker.</summary>
internal enum TickerLink
{
    /// <summary>Tick by tick, as they are published.</summary>
    Live,

    /// <summary>No tick can be read, and the ticker hands out its market when it is asked.</summary>
    Asking,

    /// <summary>They do not.</summary>
    Silent,
}
