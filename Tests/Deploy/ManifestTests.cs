using System.Text.RegularExpressions;
using OrleansTicker.Tests.Hosting;
using YamlDotNet.RepresentationModel;

namespace OrleansTicker.Tests.Deploy;

/// <summary>The manifests are well formed, hang together, and name no setting that does not exist.</summary>
public sealed partial class ManifestTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy");

    [Fact]
    public void Every_Kubernetes_object_has_a_kind_and_a_name_that_no_other_has()
    {
        var objects = Read("kubernetes.yaml");

        Assert.NotEmpty(objects);
        Assert.All(objects, thing => Assert.NotEqual("", Text(thing, "apiVersion")));
        Assert.Equal(objects.Count, objects.Select(thing => (Text(thing, "kind"), Text(Map(thing, "metadata"), "name"))).Distinct().Count());
    }

    [Fact]
    public void Every_Kubernetes_selector_finds_the_pods_of_one_workload()
    {
        var objects = Read("kubernetes.yaml");
        var pods = objects.Where(thing => Text(thing, "kind") is "Deployment" or "StatefulSet")
            .Select(thing => Labels(Map(Map(Map(Map(thing, "spec"), "template"), "metadata"), "labels")))
            .ToList();
        var selectors = objects.Select(thing => Map(Map(thing, "spec"), "selector"))
            .Select(selector => Labels(selector.Children.ContainsKey("matchLabels") ? Map(selector, "matchLabels") : selector))
            .ToList();

        Assert.Equal(objects.Count, selectors.Count);
        Assert.All(selectors, selector => Assert.Single(pods, selector.IsSubsetOf));
    }

    [Fact]
    public void Every_compose_service_has_an_image_and_waits_for_services_that_exist()
    {
        var services = Map(Assert.Single(Read("compose.yaml")), "services");
        var names = services.Children.Keys.Select(key => $"{key}").ToHashSet();

        Assert.NotEmpty(names);
        foreach (var service in services.Children.Values.Select(Merged))
        {
            Assert.True(service.ContainsKey("image"));
            var awaited = service.GetValueOrDefault("depends_on") switch
            {
                YamlMappingNode map => map.Children.Keys.Select(key => $"{key}"),
                YamlSequenceNode list => list.Children.Select(item => $"{item}"),
                _ => [],
            };
            Assert.Subset(names, awaited.ToHashSet());
        }
    }

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("kubernetes.yaml")]
    public void Every_setting_of_a_manifest_is_documented(string file)
    {
        var documented = File.ReadAllText(Path.Combine(Repository.Root, "README.md"))
            + File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        var settings = Setting().Matches(File.ReadAllText(Path.Combine(Folder, file)))
            .Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal))
            .Distinct()
            .ToList();

        Assert.NotEmpty(settings);
        Assert.All(settings, setting => Assert.Contains($"`{setting}`", documented, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_program_that_an_image_is_made_of_exists()
    {
        var programs = Program().Matches(File.ReadAllText(Path.Combine(Folder, "compose.yaml"))).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(["Gateway", "Silo"], programs.Order());
        Assert.All(programs, program => Assert.True(File.Exists(Path.Combine(Repository.Root, program, $"{program}.csproj"))));
    }

    private static List<YamlMappingNode> Read(string file)
    {
        using var text = File.OpenText(Path.Combine(Folder, file));
        var stream = new YamlStream();
        stream.Load(text);
        return [.. stream.Documents.Select(document => Assert.IsType<YamlMappingNode>(document.RootNode))];
    }

    private static YamlMappingNode Map(YamlMappingNode node, string key) => Assert.IsType<YamlMappingNode>(node.Children[key]);

    private static string Text(YamlMappingNode node, string key) => $"{Assert.IsType<YamlScalarNode>(node.Children[key])}";

    private static HashSet<string> Labels(YamlMappingNode labels) => [.. labels.Children.Select(label => $"{label.Key}={label.Value}")];

    /// <summary>A service with what it takes over by <c>&lt;&lt;</c>.</summary>
    private static Dictionary<string, YamlNode> Merged(YamlNode service)
    {
        var own = Assert.IsType<YamlMappingNode>(service).Children.ToDictionary(entry => $"{entry.Key}", entry => entry.Value);
        return own.Remove("<<", out var taken)
            ? Merged(taken).Where(entry => !own.ContainsKey(entry.Key)).Concat(own).ToDictionary()
            : own;
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+__[A-Za-z_]+")]
    private static partial Regex Setting();

    [GeneratedRegex(@"PROGRAM: (\w+)")]
    private static partial Regex Program();
}
