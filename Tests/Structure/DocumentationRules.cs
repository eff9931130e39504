using System.Text.RegularExpressions;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Structure;

public sealed partial class DocumentationRules
{
    /// <summary>A newcomer finds what docs/architecture.md points to.</summary>
    [Fact]
    public void Where_a_newcomer_is_sent_there_is_something()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "architecture.md"))
            .SkipWhile(line => !line.StartsWith("## Where do I find", StringComparison.Ordinal))
            .SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|'));
        var places = rows.SelectMany(row => FolderOrFile().Matches(row)).Select(match => match.Groups["place"].Value).ToList();

        Assert.True(places.Count > 20);
        Assert.All(places, place => Assert.True(Path.Exists(Path.Combine(Repository.Root, place)), place));
    }

    [GeneratedRegex("`(?<place>[A-Za-z][^`]*)`")]
    private static partial Regex FolderOrFile();
}
