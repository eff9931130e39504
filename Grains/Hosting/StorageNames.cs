namespace OrleansTicker.Grains.Hosting;

/// <summary>The names of the grain storage providers.</summary>
public static class StorageNames
{
    /// <summary>Where the grains of the ticker keep their state.</summary>
    public const string Ticker = "Ticker";

    /// <summary>Where Orleans keeps who has subscribed to the tick stream. The name is its own.</summary>
    public const string Subscriptions = "PubSubStore";
}
