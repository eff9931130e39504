namespace OrleansTicker.Grains.Prices;

/// <summary>Where prices come from: section <c>Ticker</c>.</summary>
internal sealed class PriceOptions
{
    public const string Section = "Ticker";

    /// <summary>The name of an <see cref="IPriceSourceKind"/>, configured in any case and here as the kind writes it.</summary>
    public string Source { get; set; } = "Simulated";

    /// <summary>Whether two names are of one source.</summary>
    public static bool AreSame(string? one, string other) => string.Equals(one?.Trim(), other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the source's name as its kind does; one that is of no kind stays as it is.</summary>
    public void Normalize(IEnumerable<IPriceSourceKind> kinds) =>
        Source = kinds.FirstOrDefault(kind => AreSame(Source, kind.Name))?.Name ?? Source;
}
