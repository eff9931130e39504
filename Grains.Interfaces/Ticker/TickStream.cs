namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>The names under which the ticker publishes and gateways subscribe. The stream's key is <see cref="ITickerGrain.Key"/>.</summary>
public static class TickStream
{
    /// <summary>The stream provider's name.</summary>
    public const string Provider = "Ticks";

    /// <summary>The namespace of the one stream of ticks.</summary>
    public const string Namespace = "ticks";
}
