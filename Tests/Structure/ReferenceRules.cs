using System.Text.RegularExpressions;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Structure;

/// <summary>Which projects may use which others (docs/architecture.md). Read from the sources, because an assembly does not show which folder uses what.</summary>
public sealed partial class ReferenceRules
{
    private static readonly string Root = Repository.Root;

    [Theory]
    [InlineData("Common", new string[0])]
    [InlineData("Grains.Interfaces", new string[0])]
    [InlineData("History", new[] { "Common", "Grains.Interfaces" })]
    [InlineData("Grains", new[] { "Common", "Grains.Interfaces", "History" })]
    [InlineData("Silo", new[] { "Grains" })]
    [InlineData("Gateway", new[] { "Common", "Grains.Interfaces", "Grains", "History" })]
    [InlineData("LoadTest", new string[0])]
    public void A_project_references_no_other_than_the_design_says(string project, string[] allowed)
    {
        var references = ProjectReference().Matches(File.ReadAllText(Path.Combine(Root, project, $"{project}.csproj")))
            .Select(match => match.Groups["name"].Value);
        Assert.Equal(allowed.Order(), references.Order());
    }

    [Fact]
    public void The_gateway_knows_the_grains_in_its_Hosting_folder_only()
    {
        var strangers = SourcesOf("Gateway")
            .Where(file => !file.Text.Contains("namespace OrleansTicker.Gateway.Hosting;", StringComparison.Ordinal))
            .Where(file => UseOfGrains().IsMatch(file.Text))
            .Select(file => file.Path);
        Assert.Empty(strangers);
    }

    [Theory]
    [InlineData("Common", new string[0])]
    [InlineData("Grains.Interfaces", new[] { "Microsoft.Orleans.Sdk" })]
    public void What_others_share_needs_no_more_packages_than_it_must(string project, string[] allowed)
    {
        var packages = PackageReference().Matches(File.ReadAllText(Path.Combine(Root, project, $"{project}.csproj")))
            .Select(match => match.Groups["name"].Value);
        Assert.Equal(allowed, packages);
    }

    [Theory]
    [InlineData("Common")]
    [InlineData("Grains.Interfaces")]
    [InlineData("History")]
    [InlineData("Grains")]
    [InlineData("Silo")]
    [InlineData("Gateway")]
    [InlineData("LoadTest")]
    [InlineData("Tests")]
    public void A_file_holds_the_type_it_is_named_for_in_the_namespace_of_its_folder(string project)
    {
        var misplaced = SourcesOf(project)
            .Where(file => Path.GetFileName(file.Path) != "Program.cs")
            .Where(file => !IsWhereItBelongs(project, file.Path, file.Text))
            .Select(file => file.Path);
        Assert.Empty(misplaced);
    }

    private static bool IsWhereItBelongs(string project, string path, string text)
    {
        var folder = Path.GetDirectoryName(Path.GetRelativePath(Path.Combine(Root, project), path))!.Replace(Path.DirectorySeparatorChar, '.');
        var space = folder.Length == 0 ? $"OrleansTicker.{project}" : $"OrleansTicker.{project}.{folder}";
        var name = Regex.Escape(Path.GetFileNameWithoutExtension(path));
        return text.Contains($"namespace {space};", StringComparison.Ordinal)
            && Regex.IsMatch(text, $@"^(public|internal)[\w ]* (class|record|struct|interface|enum) {name}\b", RegexOptions.Multiline);
    }

    private static IEnumerable<(string Path, string Text)> SourcesOf(string project) =>
        Directory.EnumerateFiles(Path.Combine(Root, project), "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(path => (path, File.ReadAllText(path)));

    // ReferenceOutputAssembly="false" only builds a project first, to start it as a program.
    [GeneratedRegex(@"<ProjectReference Include=""[^""]*/(?<name>[^/""]+)\.csproj""(?! ReferenceOutputAssembly=""false"")")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"<PackageReference Include=""(?<name>[^""]+)""")]
    private static partial Regex PackageReference();

    [GeneratedRegex(@"OrleansTicker\.Grains\.(?!Interfaces\b)")]
    private static partial Regex UseOfGrains();
}
