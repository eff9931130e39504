using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansTicker.Gateway.Parameters;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Formats;

namespace OrleansTicker.Gateway.History.Commands;

/// <summary>The arguments of the commands on the history.</summary>
internal static class HistoryArguments
{
    private static readonly string Formats = string.Join(" or ", CandleFormats.All.Select(format => format.Name));
    private static readonly string Intervals = string.Join(", ", CandleIntervals.Kept.Select(interval => interval.Name()));

    /// <summary>The format of a file.</summary>
    public static Option<ICandleFormat?> Format() => new("--format")
    {
        Description = $"The file's format, {Formats}; by the end of its name where it is not said.",
        HelpName = "format",
        CustomParser = static result =>
        {
            var format = CandleFormats.Find(Text(result));
            if (format is null)
            {
                result.AddError($"'{Text(result)}' is no format: write {Formats}.");
            }

            return format;
        },
    };

    /// <summary>Intervals that are kept.</summary>
    public static Option<CandleInterval[]> IntervalsKept() => new("--interval")
    {
        Description = $"Candles of this interval only, {Intervals}; may be repeated.",
        HelpName = "interval",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result => [.. result.Tokens.Select(token => Interval(result, token.Value))],
    };

    /// <summary>A time.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    public static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = $"{description} Such as 2026-03-01, 2026-03-01T13:05:00Z or Unix seconds.",
        HelpName = "time",
        CustomParser = static result =>
        {
            var text = Text(result);
            if (!Instant.TryRead(text, out var time))
            {
                result.AddError($"'{text}' is no time: write one such as 2026-03-01, 2026-03-01T13:05:00Z or Unix seconds; a time of day needs a zone.");
                return null;
            }

            if (Instant.IsSuspect(text))
            {
                result.AddError($"'{text}' {Instant.Suspect}.");
                return null;
            }

            return time;
        },
    };

    /// <summary>The sentence for a file whose name tells no format.</summary>
    public static string NoFormat(string path) => $"'{path}' does not end in the name of a format: add --format with {Formats}.";

    private static string Text(ArgumentResult result) => result.Tokens[0].Value;

    private static CandleInterval Interval(ArgumentResult result, string text)
    {
        if (!CandleIntervals.TryParse(text, out var interval) || interval.KeptAs() != interval)
        {
            result.AddError($"'{text}' is no interval that is kept: write one of {Intervals}.");
        }

        return interval;
    }
}
