namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>How much of each quote a client is sent. A higher level holds everything that a lower one does.</summary>
[GenerateSerializer, Alias("OrleansTicker.DetailLevel")]
public enum DetailLevel
{
    /// <summary>Symbol, price and time, and whether it is stale. A change of anything else is no news.</summary>
    Price,

    /// <summary>Everything that is known.</summary>
    Full,
}
