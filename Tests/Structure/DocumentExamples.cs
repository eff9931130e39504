using System.Text.RegularExpressions;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Structure;

/// <summary>The commands that a document shows.</summary>
internal static partial class DocumentExamples
{
    /// <summary>The blocks of commands in a document, in their order; those with a language are none.</summary>
    /// <param name="document">Its path in the repository.</param>
    public static IReadOnlyList<string> Of(string document) =>
        [.. Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, document))).Select(match => match.Groups["commands"].Value)];

    [GeneratedRegex(@"^```\n(?<commands>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
