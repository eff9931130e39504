namespace OrleansTicker.Grains.Ticker;

/// <summary>What the ticker keeps over its lives.</summary>
[GenerateSerializer, Alias("OrleansTicker.TickerState")]
internal sealed class TickerState
{
    /// <summary>The epoch of the newest life.</summary>
    [Id(0)]
    public long Epoch { get; set; }
}
