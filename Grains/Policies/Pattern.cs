namespace OrleansTicker.Grains.Policies;

/// <summary>A pattern of actions or resources: exact, or with a <c>*</c> at its end for any rest. Compared by ordinal.</summary>
internal readonly record struct Pattern(string Text, bool IsPrefix)
{
    /// <summary>Reads a pattern; false where it is empty or has a <c>*</c> before its end.</summary>
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

    /// <summary>Whether the pattern covers the value.</summary>
    public bool Matches(ReadOnlySpan<char> value) => IsPrefix ? value.StartsWith(Text) : value.SequenceEqual(Text);
}
