using System.Text.RegularExpressions;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Structure;

/// <summary>The commands that a document shows.</summary>
internal static partial class DocumentExamples
{
    /// <summary>The blocks of a document in a language, in their order.</summary>
    /// <param name="document">Its path in the repository.</param>
    /// <param name="language">The language; commands for a shell have none.</param>
    public static IReadOnlyList<string> Of(string document, string language = "") =>
    [
        .. Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, document)))
            .Where(match => match.Groups["language"].Value == language)
            .Select(match => match.Groups["commands"].Value),
    ];

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<commands>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
