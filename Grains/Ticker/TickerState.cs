namespace OrleansTicker.Grains.Ticker;

/// <summary>
/// The stored state of the ticker. Consists of plain types, which the JSON of Orleans' storage providers can read back.
/// </summary>
[GenerateSerializer, Alias("OrleansTicker.TickerState")]
internal sealed class TickerState
{
    /// <summary>The epoch of the newest activation.</summary>
    [Id(0)]
    public long Epoch { get; set; }

    /// <summary>The price source that <see cref="Quotes"/> come from, as <c>Ticker:Source</c> names it; null if there are none.</summary>
    [Id(1)]
    public string? Source { get; set; }

    /// <summary>The last prices, in the order in which their symbols first appeared.</summary>
    [Id(2)]
    public List<SavedQuote> Quotes { get; set; } = [];

    /// <summary>Which activation wrote this. Two activations may write the same epoch when one of them moves to a later one.</summary>
    [Id(3)]
    public Guid Life { get; set; }
}
