namespace OrleansTicker.Grains.Prices;

/// <summary>The values of <c>Ticker:Source</c>. Their case does not matter.</summary>
internal static class PriceSourceNames
{
    public const string Simulated = "Simulated";
    public const string Coinbase = "Coinbase";
    public const string Replay = "Replay";

    /// <summary>The name as it is written here; one that is none of these stays as it is.</summary>
    public static string Normalize(string name) =>
        new[] { Simulated, Coinbase, Replay }.FirstOrDefault(known => AreEqual(name, known)) ?? name.Trim();

    public static bool AreEqual(string? one, string other) => string.Equals(one?.Trim(), other, StringComparison.OrdinalIgnoreCase);
}
