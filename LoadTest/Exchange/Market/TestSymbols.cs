namespace OrleansTicker.LoadTest.Exchange.Market;

/// <summary>The symbols of the invented market: some that everybody knows, then made-up ones.</summary>
internal static class TestSymbols
{
    /// <summary>How many symbols there can be.</summary>
    public const int Most = 10_000;

    private const int Letters = 26;

    private static readonly TestSymbol[] Known =
    [
        new("BTC", "USD", 42_000m, 2),
        new("ETH", "USD", 2_500m, 2),
        new("SOL", "USD", 95m, 2),
        new("USDT", "USD", 1m, 5),
        new("BTC", "USDT", 42_000m, 2),
        new("ETH", "USDT", 2_500m, 2),
        new("SOL", "USDT", 95m, 2),
        new("XRP", "USD", 0.55m, 5),
        new("ADA", "USD", 0.48m, 5),
        new("DOGE", "USD", 0.08m, 6),
        new("LTC", "USD", 70m, 2),
        new("PEPE", "USD", 0.0000012m, 12),
    ];

    /// <summary>Creates the first symbols, the same ones each time.</summary>
    /// <param name="count">How many, 1 to <see cref="Most"/>.</param>
    public static IReadOnlyList<TestSymbol> First(int count) =>
        [.. Known.Concat(Enumerable.Range(0, Letters * Letters * Letters).Select(MadeUp).Where(IsNew)).Take(count)];

    private static bool IsNew(TestSymbol symbol) => !Known.Any(known => known.Base == symbol.Base || known.Quote == symbol.Base);

    private static TestSymbol MadeUp(int number)
    {
        var name = new string([Letter(number / Letters / Letters), Letter(number / Letters), Letter(number)]);

        // From 0.0003 to 300, so that prices of all sizes occur.
        var magnitude = (number % 7) - 3;
        var start = 3m * (magnitude < 0 ? 1m / (decimal)Math.Pow(10, -magnitude) : (decimal)Math.Pow(10, magnitude - 1));
        return new TestSymbol(name, "USD", start, Math.Clamp(4 - magnitude, 2, 8));
    }

    private static char Letter(int number) => (char)('A' + (number % Letters));
}
