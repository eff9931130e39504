using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Api.Tickers;

/// <summary>Puts together what is known of a symbol.</summary>
internal static class TickerFigures
{
    private const string History = "history";
    private const string Exchanges = "exchanges";
    private const string Simulated = "simulated";
    private const int PercentDigits = 4;

    /// <summary>The ticker of a quote.</summary>
    /// <param name="quote">The quote.</param>
    /// <param name="day">Its last 24 hours by our candles; null if they are not known.</param>
    public static TickerJson Of(Quote quote, SymbolDay? day)
    {
        var details = quote.Details;
        var ticker = new TickerJson
        {
            Symbol = quote.Symbol,
            Price = quote.Price,
            Timestamp = quote.Time.ToUnixTimeSeconds(),
            Stale = quote.IsStale ? true : null,
            TimeUs = Microseconds(quote.Time),
            UpdatedUs = details is null || details.UpdatedAt == default ? null : Microseconds(details.UpdatedAt),
            Bid = details?.Bid,
            BidSize = details?.BidSize,
            Ask = details?.Ask,
            AskSize = details?.AskSize,
            Last = details?.Last,
            LastSize = details?.LastSize,
            Sources = details?.Sources,
            Confidence = details?.Confidence,
        };
        return day is { IsWhole: true } ? WithHistory(ticker, day) : details is null ? ticker : WithDetails(ticker, details);
    }

    /// <summary>Microseconds since the Unix epoch.</summary>
    public static long Microseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    private static TickerJson WithHistory(in TickerJson ticker, SymbolDay day) => ticker with
    {
        Open = day.Open,
        High = ticker.Stale is null ? Math.Max(day.High, ticker.Price) : day.High, // The price may be newer than the last candle.
        Low = ticker.Stale is null ? Math.Min(day.Low, ticker.Price) : day.Low,
        Volume = day.Volume,
        QuoteVolume = day.QuoteVolume,
        Trades = day.Trades,
        Change = ticker.Price - day.Open,
        ChangePercent = PercentOf(ticker.Price, day.Open),
        DaySource = History,
    };

    private static TickerJson WithDetails(in TickerJson ticker, QuoteDetails details)
    {
        var isKnown = details.Open is not null || details.High is not null || details.Low is not null || details.DayVolume is not null;
        return ticker with
        {
            Open = details.Open,
            High = details.High,
            Low = details.Low,
            Volume = details.DayVolume,
            Change = ticker.Price - details.Open,
            ChangePercent = details.Open is { } open ? PercentOf(ticker.Price, open) : null,
            DaySource = !isKnown ? null : details.IsSimulated ? Simulated : Exchanges,
        };
    }

    private static decimal? PercentOf(decimal price, decimal open) => open == 0 ? null : Math.Round((price - open) / open * 100, PercentDigits);
}
