namespace OrleansTicker.Grains.Interfaces.Feeds;

/// <summary>
/// The trades of a symbol in one second, by the time of the source that reports them, as far as they are known. What is reported later of the
/// same second includes them.
/// </summary>
/// <param name="Second">When the second begins.</param>
/// <param name="Open">The price of the first trade.</param>
/// <param name="High">The highest price.</param>
/// <param name="Low">The lowest price.</param>
/// <param name="Close">The price of the last trade.</param>
/// <param name="FirstAt">When the first trade was made.</param>
/// <param name="LastAt">When the last trade was made.</param>
/// <param name="Trades">How many trades there were.</param>
/// <param name="Volume">Their volume, in the base currency.</param>
/// <param name="QuoteVolume">Their volume, in the quote currency.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SecondTrades")]
public readonly record struct SecondTrades(
    [property: Id(0)] DateTimeOffset Second,
    [property: Id(1)] decimal Open,
    [property: Id(2)] decimal High,
    [property: Id(3)] decimal Low,
    [property: Id(4)] decimal Close,
    [property: Id(5)] DateTimeOffset FirstAt,
    [property: Id(6)] DateTimeOffset LastAt,
    [property: Id(7)] long Trades,
    [property: Id(8)] decimal Volume,
    [property: Id(9)] decimal QuoteVolume);
