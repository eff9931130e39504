using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Ticker;

/// <summary>A stored <see cref="Quote"/>.</summary>
[GenerateSerializer, Alias("OrleansTicker.SavedQuote")]
internal sealed class SavedQuote
{
    /// <summary><see cref="Quote.Symbol"/>.</summary>
    [Id(0)]
    public string Symbol { get; set; } = "";

    /// <summary><see cref="Quote.Price"/>.</summary>
    [Id(1)]
    public decimal Price { get; set; }

    /// <summary><see cref="Quote.Time"/>.</summary>
    [Id(2)]
    public DateTimeOffset Time { get; set; }

    /// <summary><see cref="Quote.IsStale"/>.</summary>
    [Id(3)]
    public bool IsStale { get; set; }

    public static SavedQuote Of(Quote quote) => new() { Symbol = quote.Symbol, Price = quote.Price, Time = quote.Time, IsStale = quote.IsStale };

    public Quote ToQuote() => new(Symbol, Price, Time) { IsStale = IsStale };
}
