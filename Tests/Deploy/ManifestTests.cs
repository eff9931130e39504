using System.Net;
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
        var services = Services();
        var names = services.Keys.ToHashSet();

        Assert.NotEmpty(names);
        foreach (var service in services.Values)
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
        var documented = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"))
            + File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        var settings = Setting().Matches(File.ReadAllText(Path.Combine(Folder, file)))
            .Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal))
            .Distinct()
            .ToList();

        Assert.NotEmpty(settings);
        Assert.All(settings, setting => Assert.Contains($"`{setting}`", documented, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_target_of_compose_is_an_image_of_a_program()
    {
        var targets = Target().Matches(File.ReadAllText(Path.Combine(Folder, "compose.yaml"))).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(["gateway", "silo"], targets.Order());
        Assert.All(targets, target => Assert.NotEmpty(ImageStage.Of(target).Entrypoint));
    }

    [Fact]
    public void No_manifest_puts_a_shell_before_a_program()
    {
        var containers = Workloads().SelectMany(ContainersOf);
        var services = Services().Values;

        Assert.All(
            [.. containers.Select(container => container.Children.ToDictionary(entry => $"{entry.Key}", entry => entry.Value)), .. services],
            program => Assert.All(
                ["command", "args", "entrypoint"],
                key => Assert.True(!program.TryGetValue(key, out var words) || words is YamlSequenceNode list && !ImageStage.IsShell($"{list.Children[0]}"))));
    }

    [Fact]
    public void No_pod_runs_as_root_or_with_rights_and_each_may_write_what_it_has_to()
    {
        foreach (var workload in Workloads())
        {
            var pod = Map(Map(Map(workload, "spec"), "template"), "spec");
            var container = Assert.Single(ContainersOf(workload));
            var name = Text(container, "name");
            var rights = Map(container, "securityContext");

            Assert.Equal("true", Text(Map(pod, "securityContext"), "runAsNonRoot"));
            Assert.Equal("RuntimeDefault", Text(Map(Map(pod, "securityContext"), "seccompProfile"), "type"));
            Assert.Equal("true", Text(rights, "readOnlyRootFilesystem"));
            Assert.Equal("false", Text(rights, "allowPrivilegeEscalation"));
            Assert.Equal(["ALL"], Texts(Map(rights, "capabilities").Children["drop"]));

            var volumes = Sequence(pod, "volumes").ToDictionary(volume => Text(volume, "name"));
            var mounts = Sequence(container, "volumeMounts").ToDictionary(mount => Text(mount, "mountPath"), mount => Text(mount, "name"));
            Assert.Equal(ImageStage.Of(name).Writable, mounts.Keys.ToHashSet());
            Assert.All(mounts.Values, volume => Assert.True(volumes[volume].Children.ContainsKey("emptyDir")));
        }
    }

    [Fact]
    public void No_service_of_ours_runs_with_rights_and_each_may_write_what_it_has_to()
    {
        var ours = Services().Values.Where(service => service.ContainsKey("build")).ToList();

        Assert.Equal(3, ours.Count);
        foreach (var service in ours)
        {
            Assert.Equal("true", $"{service["read_only"]}");
            Assert.Equal(["ALL"], Texts(service["cap_drop"]));
            Assert.Equal(["no-new-privileges:true"], Texts(service["security_opt"]));
            var target = Text(Assert.IsType<YamlMappingNode>(service["build"]), "target");
            var volumes = service.TryGetValue("volumes", out var mounts) ? Texts(mounts).Select(mount => mount.Split(':')[1]) : [];
            Assert.Equal(ImageStage.Of(target).Writable, Texts(service["tmpfs"]).Concat(volumes).ToHashSet());
        }
    }

    [Fact]
    public void Gateways_of_compose_believe_the_balancer_alone_whose_address_nobody_else_gets()
    {
        var services = Services();
        var balancer = Text(Map(Assert.IsType<YamlMappingNode>(services["balancer"]["networks"]), "default"), "ipv4_address");
        var network = Assert.Single(Sequence(Map(Map(Map(Assert.Single(Read("compose.yaml")), "networks"), "default"), "ipam"), "config"));

        Assert.True(IPNetwork.Parse(Text(network, "subnet")).Contains(IPAddress.Parse(balancer)));
        Assert.False(IPNetwork.Parse(Text(network, "ip_range")).Contains(IPAddress.Parse(balancer)));
        foreach (var gateway in new[] { services["gateway1"], services["gateway2"] })
        {
            var environment = Merged(gateway["environment"]);
            Assert.Equal(balancer, $"{environment["Forwarding__KnownProxies__0"]}");
            Assert.False(environment.ContainsKey("Forwarding__KnownProxies__1"));
            var names = Map(Assert.IsType<YamlMappingNode>(gateway["networks"]), "default").Children["aliases"];
            Assert.Equal(["gateways"], Texts(names)); // The one that nginx.conf resolves.
        }
    }

    [Fact]
    public void The_Kubernetes_service_keeps_the_addresses_of_clients()
    {
        var service = Assert.Single(Read("kubernetes.yaml"), thing => Text(thing, "kind") == "Service");

        Assert.Equal("Local", Text(Map(service, "spec"), "externalTrafficPolicy"));
    }

    private static IEnumerable<YamlMappingNode> Workloads() =>
        Read("kubernetes.yaml").Where(thing => Text(thing, "kind") is "Deployment" or "StatefulSet");

    private static IEnumerable<YamlMappingNode> ContainersOf(YamlMappingNode workload) =>
        Sequence(Map(Map(Map(workload, "spec"), "template"), "spec"), "containers");

    private static Dictionary<string, Dictionary<string, YamlNode>> Services() =>
        Map(Assert.Single(Read("compose.yaml")), "services").Children.ToDictionary(service => $"{service.Key}", service => Merged(service.Value));

    private static List<YamlMappingNode> Read(string file)
    {
        using var text = File.OpenText(Path.Combine(Folder, file));
        var stream = new YamlStream();
        stream.Load(text);
        return [.. stream.Documents.Select(document => Assert.IsType<YamlMappingNode>(document.RootNode))];
    }

    private static YamlMappingNode Map(YamlMappingNode node, string key) => Assert.IsType<YamlMappingNode>(node.Children[key]);

    private static IEnumerable<YamlMappingNode> Sequence(YamlMappingNode node, string key) =>
        Assert.IsType<YamlSequenceNode>(node.Children[key]).Children.Cast<YamlMappingNode>();

    private static IEnumerable<string> Texts(YamlNode list) => Assert.IsType<YamlSequenceNode>(list).Children.Select(item => $"{item}");

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

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+(__[A-Za-z]+)+")]
    private static partial Regex Setting();

    [GeneratedRegex(@"target: (\w+)")]
    private static partial Regex Target();
}
