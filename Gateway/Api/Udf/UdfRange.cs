using System.Globalization;
using OrleansTicker.Gateway.Parameters;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>Which candles a chart asks for: the last ones before a time, as many as it says or all since another time.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">The interval.</param>
/// <param name="From">The earliest open time; null if a number of candles is asked for instead.</param>
/// <param name="To">The time before which they open; null for no end.</param>
/// <param name="Count">How many at most.</param>
internal sealed record UdfRange(string Symbol, CandleInterval Interval, DateTimeOffset? From, DateTimeOffset? To, int Count)
{
    /// <summary>The most candles in an answer, four pages. Of more, a chart gets the newest and asks for the rest when it shows them.</summary>
    public const int MaxCount = 4 * CandleQuery.MaxLimit;

    private const string NoTime = "must be a time in Unix seconds";

    /// <summary>Reads the parameters of a request. What is wrong with them goes to <paramref name="problems"/>.</summary>
    /// <returns>The range; null if something is wrong.</returns>
    public static UdfRange? Read(string? symbol, string? resolution, string? from, string? to, string? countback, ParameterProblems problems)
    {
        if (string.IsNullOrEmpty(symbol))
        {
            problems.Add(nameof(symbol), "is missing");
        }

        if (!UdfResolutions.TryParse(resolution, out var interval))
        {
            problems.Add(nameof(resolution), $"must be one of {string.Join(", ", UdfResolutions.All)}");
        }

        // A chart that is scrolled back asks for times before any year.
        var (first, end) = (problems.ReadTime(nameof(from), from, NoTime, takesAny: true), problems.ReadTime(nameof(to), to, NoTime, takesAny: true));
        int? count = null;
        if (countback is not null)
        {
            if (int.TryParse(countback, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            {
                count = Math.Min(number, MaxCount);
            }
            else
            {
                problems.Add(nameof(countback), "must be a whole number greater than 0");
            }
        }
        else if (from is null)
        {
            problems.Add(nameof(from), "is missing, and so is countback");
        }
        else if (first > end)
        {
            problems.Add(nameof(to), "must not be earlier than from");
        }

        // A number of candles goes before the beginning of the range: the chart wants to be filled.
        return !problems.IsEmpty ? null
            : count is { } known ? new UdfRange(symbol!, interval, null, end, known)
            : new UdfRange(symbol!, interval, first, end, CountIn(first, end, interval));
    }

    /// <summary>How many candles there can be in a range.</summary>
    private static int CountIn(DateTimeOffset? from, DateTimeOffset? to, CandleInterval interval) =>
        (int)Math.Clamp(Math.Ceiling((to - from) / interval.Length() ?? MaxCount), 1, MaxCount);
}
