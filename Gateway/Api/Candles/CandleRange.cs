using OrleansTicker.Gateway.Parameters;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary>Which candles a request is about.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">The interval.</param>
/// <param name="From">The earliest open time; null for no beginning.</param>
/// <param name="To">The time before which they open; null for no end.</param>
internal sealed record CandleRange(string Symbol, CandleInterval Interval, DateTimeOffset? From, DateTimeOffset? To)
{
    private const string NoTime = "must be a time: Unix seconds, or ISO 8601 with a zone, such as 2026-01-31T12:00:00Z";

    /// <summary>Reads the parameters of a request. What is wrong with them goes to <paramref name="problems"/>.</summary>
    /// <returns>The range; null if something is wrong.</returns>
    public static CandleRange? Read(string? symbol, string? interval, string? from, string? to, ParameterProblems problems)
    {
        if (string.IsNullOrEmpty(symbol))
        {
            problems.Add(nameof(symbol), "is missing");
        }

        if (!CandleIntervals.TryParse(interval, out var length))
        {
            problems.Add(nameof(interval), $"must be one of {string.Join(", ", CandleIntervals.Names)}");
        }

        var (first, end) = (problems.ReadTime(nameof(from), from, NoTime), problems.ReadTime(nameof(to), to, NoTime));
        if (end <= first)
        {
            problems.Add(nameof(to), "must be later than from");
        }

        return problems.IsEmpty ? new CandleRange(symbol!, length, first, end) : null;
    }
}
