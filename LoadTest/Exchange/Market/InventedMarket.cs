namespace OrleansTicker.LoadTest.Exchange.Market;

/// <summary>
/// Invents what happens in the market. Each symbol has a reference price that wanders around its start; each exchange quotes around it, with
/// an offset and a spread of its own. The same seed gives the same changes. Not thread-safe.
/// </summary>
internal sealed class InventedMarket
{
    private const double Volatility = 0.0004; // The most that a reference price moves in one change, as a fraction of itself.
    private const double StableVolatility = 0.00002;
    private const double Pull = 0.002; // The part of the distance to the start that a price is pulled back by in one change.
    private const double MaxOffset = 0.0003;
    private const double MinHalfSpread = 0.00005;
    private const double MaxHalfSpread = 0.0004;
    private const double TradesPerChange = 0.4;
    private const double MeanNotional = 2_000; // Of a size, in the quote currency.
    private const int SizeDigits = 6;

    private readonly IReadOnlyList<TestSymbol> _symbols;
    private readonly int _exchanges;
    private readonly Random _random;
    private readonly double[] _logarithms; // Of the reference price relative to its start.
    private readonly double[] _starts;
    private readonly double[] _offsets;
    private readonly double[] _halfSpreads;
    private readonly int[] _dollars; // For a symbol that is quoted in USDT: the one that is quoted in USD; else itself.
    private readonly int _tether;

    /// <param name="symbols">The symbols.</param>
    /// <param name="exchanges">How many exchanges there are.</param>
    /// <param name="seed">What decides all that happens.</param>
    public InventedMarket(IReadOnlyList<TestSymbol> symbols, int exchanges, int seed)
    {
        (_symbols, _exchanges, _random) = (symbols, exchanges, new Random(seed));
        _logarithms = new double[symbols.Count];
        _starts = [.. symbols.Select(symbol => (double)symbol.Start)];
        _offsets = [.. Enumerable.Range(0, symbols.Count * exchanges).Select(_ => Between(-MaxOffset, MaxOffset))];
        _halfSpreads = [.. Enumerable.Range(0, symbols.Count * exchanges).Select(_ => Between(MinHalfSpread, MaxHalfSpread))];
        _tether = IndexOf("USDT-USD");
        _dollars = [.. symbols.Select((symbol, i) => symbol.Quote == "USDT" && IndexOf($"{symbol.Base}-USD") is >= 0 and var usd ? usd : i)];
    }

    /// <summary>Creates the next change, at any exchange.</summary>
    public MarketChange Next()
    {
        var symbol = _random.Next(_symbols.Count);
        var moving = _dollars[symbol];
        var step = Between(-1, 1) * (moving == _tether ? StableVolatility : Volatility);
        _logarithms[moving] = (_logarithms[moving] * (1 - Pull)) + step;
        return At(_random.Next(_exchanges), symbol, _random.NextDouble() < TradesPerChange);
    }

    /// <summary>Creates a trade at the present price.</summary>
    public MarketChange Trade(int exchange, int symbol) => At(exchange, symbol, isTrade: true);

    private MarketChange At(int exchange, int number, bool isTrade)
    {
        var symbol = _symbols[number];
        var place = (exchange * _symbols.Count) + number;
        var middle = ReferenceOf(number) * (1 + _offsets[place]);
        var half = middle * _halfSpreads[place];
        var bid = Math.Max(Math.Round((decimal)(middle - half), symbol.Digits), symbol.Increment);
        var ask = Math.Max(Math.Round((decimal)(middle + half), symbol.Digits), bid + symbol.Increment);
        return new MarketChange(exchange, number, isTrade, _random.Next(2) == 0, Size(middle), bid, Size(middle), ask, Size(middle));
    }

    private double ReferenceOf(int symbol)
    {
        var dollar = _dollars[symbol];
        var price = _starts[dollar] * Math.Exp(_logarithms[dollar]);
        return dollar == symbol ? price : price / Math.Exp(_tether < 0 ? 0 : _logarithms[_tether]);
    }

    private decimal Size(double price) =>
        Math.Round((decimal)(-Math.Log(1 - _random.NextDouble()) * MeanNotional / price), SizeDigits) + 0.000001m;

    private double Between(double least, double most) => least + (_random.NextDouble() * (most - least));

    private int IndexOf(string name)
    {
        for (var i = 0; i < _symbols.Count; i++)
        {
            if (_symbols[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
