using System.CommandLine;

namespace OrleansTicker.LoadTest.Commands;

/// <summary>An option that selects items of a list by name. By default it selects all.</summary>
internal sealed class NamesOption<T> : Option<T[]>
{
    private readonly IReadOnlyList<T> _all;

    /// <param name="name">The option's name.</param>
    /// <param name="item">The word for an item, such as <c>fault</c>.</param>
    /// <param name="all">The items.</param>
    /// <param name="nameOf">The name of an item.</param>
    public NamesOption(string name, string item, IReadOnlyList<T> all, Func<T, string> nameOf)
        : base(name)
    {
        _all = all;
        var names = string.Join(", ", all.Select(nameOf));
        Description = $"Which {item}s, with commas between them: {names}. All by default.";
        AllowMultipleArgumentsPerToken = true;
        CustomParser = result =>
        {
            var typed = OptionParsers.Names(result);
            foreach (var unknown in typed.Where(text => !all.Any(known => nameOf(known) == text)))
            {
                result.AddError($"'{unknown}' is no {item}. There are {names}.");
            }

            return [.. typed.SelectMany(text => all.Where(known => nameOf(known) == text))];
        };
    }

    /// <summary>The selected items.</summary>
    public IReadOnlyList<T> ValueIn(ParseResult parsed) => parsed.GetValue(this) is { Length: > 0 } named ? named : _all;
}
