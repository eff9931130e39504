using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>
/// Makes the quote of a symbol of the votes on it. The same votes at the same time give the same quote, in whatever order they came. For one
/// thread at a time.
/// </summary>
/// <remarks>
/// The median is that of all prices that can be used, also of those that stray. So one wrong exchange of three or more cannot move it beyond
/// the prices of the others, nor have others left out, and <see cref="ConsolidationOptions.MaxPull"/> bounds what it adds to the average.
/// </remarks>
internal sealed class PriceRule(ConsolidationOptions options)
{
    private readonly SortedFigures _usable = new();
    private readonly SortedFigures _counted = new();
    private readonly FigureRule _figures = new(options.MaxDeviation, options.MaxQuoteAge);

    /// <summary>Looks at a symbol, and remembers what came of it.</summary>
    /// <returns>Its quote if it has changed.</returns>
    public Quote? Apply(SymbolState symbol, TimeSpan now)
    {
        Cast(symbol, now);
        if (_usable.Median is { } median)
        {
            symbol.Median = median;
            Average(symbol, median);
        }

        // Where everyone is out, the last price stands. Where there is none yet, the median is better than silence.
        if ((symbol.Price ?? MedianOfStraying(symbol) ?? symbol.Collected?.Price) is not { } price)
        {
            return null;
        }

        var figures = _figures.Of(symbol);
        figures.Sources = _counted.Count;
        figures.Confidence = _counted.Count > 1 ? PriceDigits.Trim((_counted.Highest - _counted.Lowest) / 2) : null;
        var change = figures.ToChange(symbol.Collected, symbol.Name, price, _counted.Count < options.MinSources, figures.UpdatedAt);
        symbol.Collected = change ?? symbol.Collected;
        return change;
    }

    private decimal? MedianOfStraying(SymbolState symbol) =>
        _usable.Median is { } median ? PriceDigits.Round(median, DecimalsOf(symbol, Exclusion.Straying)) : null;

    /// <summary>The most decimals that two exchanges use, or the only one: the digits of one do not become those of the market.</summary>
    private static int DecimalsOf(SymbolState symbol, Exclusion exclusion)
    {
        var (most, second) = (-1, -1);
        foreach (var vote in symbol.Votes)
        {
            if (vote.Exclusion == exclusion)
            {
                second = Math.Max(second, Math.Min(most, vote.Source.Decimals));
                most = Math.Max(most, vote.Source.Decimals);
            }
        }

        return Math.Max(0, second < 0 ? most : second);
    }

    /// <summary>Finds the prices that can be used.</summary>
    private void Cast(SymbolState symbol, TimeSpan now)
    {
        _usable.Clear();
        _counted.Clear();
        foreach (var vote in symbol.Votes)
        {
            vote.Cast(now, options.MaxQuoteAge);
            if (vote.Exclusion == Exclusion.None)
            {
                _usable.Add(vote.Price);
            }
        }
    }

    /// <summary>Leaves out those that stray, and averages the others. Where all of them stray, the price stays as it is.</summary>
    private void Average(SymbolState symbol, decimal median)
    {
        var pull = median * options.MaxPull;
        var sum = 0m;
        foreach (var vote in symbol.Votes)
        {
            if (vote.Exclusion != Exclusion.None)
            {
                continue;
            }

            var limit = vote.HasStrayed ? options.MaxDeviation / 2 : options.MaxDeviation;
            vote.HasStrayed = Math.Abs(vote.Price - median) > median * limit;
            if (vote.HasStrayed)
            {
                vote.Exclusion = Exclusion.Straying;
                continue;
            }

            _counted.Add(vote.Price);
            sum += Math.Clamp(vote.Price, median - pull, median + pull);
        }

        if (_counted.Count > 0)
        {
            symbol.Decimals = Math.Max(symbol.Decimals, DecimalsOf(symbol, Exclusion.None));
            symbol.Price = PriceDigits.Round(sum / _counted.Count, symbol.Decimals);
        }
    }
}
