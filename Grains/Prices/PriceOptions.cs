namespace OrleansTicker.Grains.Prices;

/// <summary>The choice of the price source: section <c>Ticker</c>.</summary>
internal sealed class PriceOptions
{
    public const string Section = "Ticker";

    /// <summary>The name of an <see cref="IPriceSourceKind"/>. Case does not matter in the configuration.</summary>
    public string Source { get; set; } = "Simulated";

    /// <summary>Whether two names mean the same source.</summary>
    public static bool AreSame(string? one, string other) => string.Equals(one?.Trim(), other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the name as its kind does. An unknown name stays as it is.</summary>
    public void Normalize(IEnumerable<IPriceSourceKind> kinds) =>
        Source = kinds.FirstOrDefault(kind => AreSame(Source, kind.Name))?.Name ?? Source;
}
