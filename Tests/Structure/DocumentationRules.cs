using System.Text.RegularExpressions;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Structure;

public sealed partial class DocumentationRules
{
    /// <summary>The files and folders that docs/architecture.md names exist.</summary>
    [Fact]
    public void Where_a_newcomer_is_sent_there_is_something()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "architecture.md"))
            .SkipWhile(line => !line.StartsWith("## Where do I find", StringComparison.Ordinal))
            .SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|'));
        var paths = rows.SelectMany(row => FolderOrFile().Matches(row)).Select(match => match.Groups["path"].Value).ToList();

        Assert.True(paths.Count > 20);
        Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path));
    }

    /// <summary>The tests that the documentation names exist.</summary>
    [Fact]
    public void Each_test_that_a_document_names_is_there()
    {
        var tests = typeof(DocumentationRules).Assembly.GetTypes().Select(type => type.Name).ToHashSet();
        var named = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")
            .SelectMany(document => TestName().Matches(File.ReadAllText(document)))
            .Select(match => match.Groups["name"].Value)
            .ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, tests));
    }

    [GeneratedRegex("`(?<path>[A-Za-z][^`]*)`")]
    private static partial Regex FolderOrFile();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]*(Tests|Fuzzing|Rules|Properties))[`.]")]
    private static partial Regex TestName();
}
