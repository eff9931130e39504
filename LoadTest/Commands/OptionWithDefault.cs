using System.CommandLine;
using System.CommandLine.Parsing;

namespace OrleansTicker.LoadTest.Commands;

/// <summary>An option whose default appears in the help as a user would type it, and not as <c>ToString</c> formats it.</summary>
internal sealed class OptionWithDefault<T> : Option<T?>
    where T : struct
{
    private readonly T _default;

    /// <param name="name">The name.</param>
    /// <param name="description">The description, as a sentence.</param>
    /// <param name="value">The default.</param>
    /// <param name="text">The default as a user would type it.</param>
    /// <param name="parse">Parses the value.</param>
    public OptionWithDefault(string name, string description, T value, string text, Func<ArgumentResult, T> parse)
        : base(name)
    {
        _default = value;
        Description = $"{description} [default: {text}]";
        CustomParser = result => parse(result);
    }

    /// <summary>The value, or the default.</summary>
    public T ValueIn(ParseResult parsed) => parsed.GetValue(this) ?? _default;
}
