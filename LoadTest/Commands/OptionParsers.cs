using System.CommandLine.Parsing;
using System.Globalization;

namespace OrleansTicker.LoadTest.Commands;

/// <summary>Parses the values of options.</summary>
internal static class OptionParsers
{
    /// <summary>A time with its unit: <c>500ms</c>, <c>30s</c>, <c>2m</c>, <c>1h</c>.</summary>
    public static TimeSpan Duration(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        var digits = text.TrimEnd('h', 'm', 's');
        if (double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1e6)
        {
            switch (text[digits.Length..])
            {
                case "ms":
                    return TimeSpan.FromMilliseconds(number);
                case "s":
                    return TimeSpan.FromSeconds(number);
                case "m":
                    return TimeSpan.FromMinutes(number);
                case "h":
                    return TimeSpan.FromHours(number);
            }
        }

        result.AddError($"'{text}' is no time. Write it with its unit, such as 500ms, 30s, 2m or 1h.");
        return default;
    }

    /// <summary>An option that <see cref="Duration"/> reads.</summary>
    public static OptionWithDefault<TimeSpan> DurationOption(string name, string description, TimeSpan value)
    {
        var (number, unit) = value.Seconds == 0 ? (value.TotalMinutes, "m") : (value.TotalSeconds, "s");
        return new OptionWithDefault<TimeSpan>(name, description, value, string.Create(CultureInfo.InvariantCulture, $"{number}{unit}"), Duration);
    }

    /// <summary>An option that <see cref="Percentage"/> reads.</summary>
    public static OptionWithDefault<double> PercentageOption(string name, string description, double value) =>
        new(name, description, value, string.Create(CultureInfo.InvariantCulture, $"{value * 100}%"), Percentage);

    /// <summary>A percentage such as <c>10%</c>, as a fraction from 0 to 1.</summary>
    public static double Percentage(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (text.EndsWith('%')
            && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent is >= 0 and <= 100)
        {
            return percent / 100;
        }

        result.AddError($"'{text}' is no part of all. Write it in percent, such as 10%.");
        return default;
    }

    /// <summary>The address of a gateway: an absolute http(s) or ws(s) URL. Only scheme, host and port are used.</summary>
    public static Uri? Gateway(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "ws" or "wss")
        {
            return new UriBuilder(url.Scheme is "https" or "wss" ? "https" : "http", url.Host, url.Port).Uri;
        }

        result.AddError($"'{text}' is no address of a gateway. Write it such as http://localhost:8081.");
        return null;
    }

    /// <summary>A path on a server, with its query.</summary>
    public static string? Path(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal))
        {
            return text;
        }

        result.AddError($"'{text}' is no path. Write it such as /api/v1/tickers.");
        return null;
    }

    /// <summary>Names, separated by commas or spaces.</summary>
    public static string[] Names(ArgumentResult result) =>
        [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>A whole number in a range.</summary>
    public static Func<ArgumentResult, int> Between(int least, int most) => result =>
    {
        var text = result.Tokens[^1].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError($"'{text}' is no number from {least} to {most}.");
        return default;
    };
}
