using System.Globalization;
using OrleansTicker.Gateway.Parameters;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary>A request for a page of candles.</summary>
/// <param name="Whole">The range of all pages.</param>
/// <param name="Rest">The part of it that this page begins.</param>
/// <param name="Limit">How many candles at most.</param>
internal sealed record CandleRequest(CandleRange Whole, CandleRange Rest, int Limit)
{
    /// <summary>How many candles a page has at most if the client does not say.</summary>
    public const int DefaultLimit = 500;

    /// <summary>What the shard is asked.</summary>
    public CandleQuery Query => new(Rest.Symbol, Rest.Interval, Rest.From, Rest.To, Limit);

    /// <summary>Reads the parameters of a request. What is wrong with them goes to <paramref name="problems"/>.</summary>
    /// <returns>The request; null if something is wrong.</returns>
    public static CandleRequest? Read(
        string? symbol, string? interval, string? from, string? to, string? limit, string? cursor, ParameterProblems problems)
    {
        var range = CandleRange.Read(symbol, interval, from, to, problems);
        var most = DefaultLimit;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most is < 1 or > CandleQuery.MaxLimit))
        {
            problems.Add(nameof(limit), string.Create(CultureInfo.InvariantCulture, $"must be a whole number from 1 to {CandleQuery.MaxLimit}"));
        }

        if (range is null || cursor is null)
        {
            return problems.IsEmpty ? new CandleRequest(range!, range!, most) : null;
        }

        var position = CandleCursor.Read(cursor, range);
        if (position is null)
        {
            problems.Add(nameof(cursor), "must be the next_cursor of an answer for the same symbol, interval, from and to");
        }

        return problems.IsEmpty ? new CandleRequest(position!.Range, position.Rest, most) : null;
    }

    /// <summary>Where the page after a page begins; null if there is none.</summary>
    public CandleCursor? NextAfter(CandlePage page) =>
        !page.HasMore || page.Candles.IsEmpty ? null
        : Whole.From is null ? new CandleCursor(Whole, page.Candles[0].OpenTime)
        : new CandleCursor(Whole, page.Candles[^1].OpenTime + Whole.Interval.Length());

    /// <summary>Whether the answer with a page will always be the same: everything in its range is closed, and nothing is missing.</summary>
    public bool IsFinal(CandlePage page)
    {
        var interval = Whole.Interval;
        if (page.Candles.IsEmpty || !page.Gaps.IsEmpty || !page.IsClosed(page.Candles[^1], interval))
        {
            return false;
        }

        // A shard may have been watched before this symbol came, and an import may add candles there.
        if (Rest.From is { } from && from == Whole.From && page.Candles[0].OpenTime >= from + interval.Length())
        {
            return false;
        }

        // Without a beginning, a page that is not full goes back to where the history begins at present.
        var end = Rest.From is null ? (page.HasMore ? Rest.To : null)
            : page.HasMore ? page.Candles[^1].OpenTime + interval.Length()
            : Rest.To;
        return end <= page.FinalBefore;
    }
}
