using System.CommandLine;
using System.CommandLine.Parsing;

namespace OrleansTicker.LoadTest.Commands;

/// <summary>An option whose default the help prints as it is typed. By itself the help prints what <c>ToString</c> makes of it.</summary>
internal sealed class OptionWithDefault<T> : Option<T?>
    where T : struct
{
    private readonly T _default;

    /// <param name="name">Its name.</param>
    /// <param name="description">What it is, as a sentence.</param>
    /// <param name="value">The default.</param>
    /// <param name="text">The default as it is typed.</param>
    /// <param name="parse">Reads what is typed.</param>
    public OptionWithDefault(string name, string description, T value, string text, Func<ArgumentResult, T> parse)
        : base(name)
    {
        _default = value;
        Description = $"{description} [default: {text}]";
        CustomParser = result => parse(result);
    }

    /// <summary>What was typed, or the default.</summary>
    public T ValueIn(ParseResult parsed) => parsed.GetValue(this) ?? _default;
}
