using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace OrleansTicker.Gateway.Keys.Commands;

/// <summary>The arguments that several commands share.</summary>
internal static class KeyArguments
{
    /// <summary>The id of a key.</summary>
    public static Argument<long> Id() => new("id")
    {
        Description = "The key's number, as list shows it.",
        CustomParser = static result =>
        {
            if (!long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                result.AddError($"'{result.Tokens[0].Value}' is no number of a key: list shows them.");
            }

            return id;
        },
    };

    /// <summary>A duration.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="longest">The longest duration that is allowed.</param>
    public static Option<TimeSpan?> Duration(string name, string description, TimeSpan longest) => new(name)
    {
        Description = $"{description} Such as 90d, 12h, 30m or 45s.",
        HelpName = "duration",
        CustomParser = result => ParseDuration(result, longest),
    };

    private static TimeSpan? ParseDuration(ArgumentResult result, TimeSpan longest)
    {
        var text = result.Tokens[0].Value;
        TimeSpan? unit = text.Length == 0 ? null : text[^1] switch
        {
            'd' => TimeSpan.FromDays(1),
            'h' => TimeSpan.FromHours(1),
            'm' => TimeSpan.FromMinutes(1),
            's' => TimeSpan.FromSeconds(1),
            _ => null,
        };
        if (unit is null || !int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            result.AddError($"'{text}' is no duration: write a whole number and d, h, m or s, such as 90d.");
            return null;
        }

        if (count > longest / unit)
        {
            result.AddError($"'{text}' is too long: {longest.TotalDays} days is the most.");
            return null;
        }

        return unit * count;
    }
}
