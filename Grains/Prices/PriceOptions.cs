namespace OrleansTicker.Grains.Prices;

/// <summary>Where prices come from: section <c>Ticker</c>.</summary>
internal sealed class PriceOptions
{
    public const string Section = "Ticker";

    /// <summary><c>Simulated</c> (default), <c>Coinbase</c> or <c>Replay</c>, in any case.</summary>
    public string Source { get; set; } = PriceSourceNames.Simulated;
}
