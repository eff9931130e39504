namespace OrleansTicker.LoadTest.Exchange.Market;

/// <summary>A symbol of the invented market.</summary>
/// <param name="Base">What is traded: <c>BTC</c>.</param>
/// <param name="Quote">What it is paid with: <c>USD</c>.</param>
/// <param name="Start">The price that it starts at.</param>
/// <param name="Digits">The decimals of its prices.</param>
internal sealed record TestSymbol(string Base, string Quote, decimal Start, int Digits)
{
    /// <summary>The symbol as the system names it: <c>BTC-USD</c>.</summary>
    public string Name { get; } = $"{Base}-{Quote}";

    /// <summary>The smallest difference of two prices.</summary>
    public decimal Increment { get; } = new(1, 0, 0, isNegative: false, (byte)Digits);
}
