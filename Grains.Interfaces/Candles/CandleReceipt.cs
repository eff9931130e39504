namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>How far a shard has come with the ticker's batches.</summary>
/// <param name="Taken">The last batch that it has. Batches after it have to be sent, again if need be.</param>
/// <param name="Stored">The last batch that a crash of the shard's silo does not lose. Batches up to it need not be kept for sending again.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.CandleReceipt")]
public readonly record struct CandleReceipt(
    [property: Id(0)] CandlePosition Taken,
    [property: Id(1)] CandlePosition Stored);
