namespace OrleansTicker.Grains.Ticker;

/// <summary>
/// What the ticker keeps over its lives. Made of plain types, which the JSON of Orleans' storage providers reads back.
/// </summary>
[GenerateSerializer, Alias("OrleansTicker.TickerState")]
internal sealed class TickerState
{
    /// <summary>The epoch of the newest life.</summary>
    [Id(0)]
    public long Epoch { get; set; }

    /// <summary>The price source that <see cref="Quotes"/> come from, as <c>Ticker:Source</c> names it; null where there are none.</summary>
    [Id(1)]
    public string? Source { get; set; }

    /// <summary>The last prices, in the order in which their symbols first appeared.</summary>
    [Id(2)]
    public List<SavedQuote> Quotes { get; set; } = [];

    /// <summary>Which life wrote this: one that is told to write a later epoch may find another life's with the same.</summary>
    [Id(3)]
    public Guid Life { get; set; }
}
