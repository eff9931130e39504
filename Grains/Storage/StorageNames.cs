namespace OrleansTicker.Grains.Storage;

/// <summary>The names of the grain storage providers.</summary>
public static class StorageNames
{
    /// <summary>Where the grains of the ticker keep their state.</summary>
    public const string Ticker = "Ticker";
}
