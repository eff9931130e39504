namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>What an exchange says of a product: its figures, or what its <see cref="Misbehaviour"/> makes of them. Null is left out.</summary>
internal readonly record struct Figures
{
    public decimal? Bid { get; init; }

    public decimal? BidSize { get; init; }

    public decimal? Ask { get; init; }

    public decimal? AskSize { get; init; }

    public decimal? Last { get; init; }

    public decimal? LastSize { get; init; }

    public decimal? Open { get; init; }

    public decimal? High { get; init; }

    public decimal? Low { get; init; }

    public decimal? Volume { get; init; }

    public decimal? Turnover { get; init; }

    /// <summary>When the message that holds them is sent.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The figures of a product.</summary>
    public static Figures Of(Product product, Misbehaviour misbehaviour, DateTimeOffset now)
    {
        var figures = new Figures
        {
            Bid = product.Bid,
            BidSize = product.BidSize,
            Ask = product.Ask,
            AskSize = product.AskSize,
            Last = product.Last,
            LastSize = product.LastSize,
            Open = product.Open,
            High = product.High,
            Low = product.Low,
            Volume = product.Volume,
            Turnover = product.Turnover,
            Time = now,
        };
        return misbehaviour.IsTruthful ? figures : figures.Distort(misbehaviour, product.Symbol.Name);
    }

    private Figures Distort(Misbehaviour misbehaviour, string symbol)
    {
        var told = this;
        if (misbehaviour.Lies.TryGetValue(symbol, out var factor))
        {
            told = told with { Bid = Bid * factor, Ask = Ask * factor, Last = Last * factor };
        }

        if (misbehaviour.SendsManyDecimals)
        {
            const decimal Least = 0.000000000000000001m;
            told = told with { Bid = told.Bid + Least, Ask = told.Ask + Least, Last = told.Last + Least };
        }

        if (misbehaviour.SendsCrossedBooks)
        {
            told = told with { Bid = told.Ask, Ask = told.Bid };
        }

        if (misbehaviour.SendsZeros)
        {
            told = told with { Bid = 0, BidSize = 0, Last = 0 };
        }

        return misbehaviour.LeavesOutFields ? told with { Last = null, BidSize = null, Time = null } : told;
    }
}
