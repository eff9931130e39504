namespace OrleansTicker.Gateway.Market;

/// <summary>How prices reach this gateway from the ticker.</summary>
internal enum TickerLink
{
    /// <summary>Tick by tick, as they are published.</summary>
    Live,

    /// <summary>No tick can be read, but the ticker answers requests for its market.</summary>
    Asking,

    /// <summary>Not at all.</summary>
    Silent,
}
