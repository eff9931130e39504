namespace OrleansTicker.Grains.Policies;

/// <summary>A pattern for actions or resources: an exact name, or a prefix followed by <c>*</c>. Compared ordinally.</summary>
internal readonly record struct Pattern(string Text, bool IsPrefix)
{
    /// <summary>Parses a pattern; false if it is empty or has a <c>*</c> before its end.</summary>
    public static bool TryParse(string? text, out Pattern pattern)
    {
        pattern = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var isPrefix = text[^1] == '*';
        pattern = new Pattern(isPrefix ? text[..^1] : text, isPrefix);
        return !pattern.Text.Contains('*', StringComparison.Ordinal);
    }

    /// <summary>Whether the value matches the pattern.</summary>
    public bool Matches(ReadOnlySpan<char> value) => IsPrefix ? value.StartsWith(Text) : value.SequenceEqual(Text);
}
