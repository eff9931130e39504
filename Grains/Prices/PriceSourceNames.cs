namespace OrleansTicker.Grains.Prices;

/// <summary>The values of <c>Ticker:Source</c>. Their case does not matter.</summary>
internal static class PriceSourceNames
{
    public const string Simulated = "Simulated";
    public const string Coinbase = "Coinbase";
    public const string Replay = "Replay";

    public static bool AreEqual(string? one, string other) => string.Equals(one?.Trim(), other, StringComparison.OrdinalIgnoreCase);
}
