using Microsoft.Extensions.Configuration;

namespace OrleansTicker.Grains.Policies;

/// <summary>The policies as they are configured: section <c>Policies</c>, one child a policy, named by its id.</summary>
public sealed class PolicyOptions
{
    /// <summary>The section of the configuration that holds the policies.</summary>
    public const string Section = "Policies";

    /// <summary>The id of the one policy that there is where none is configured: group <c>user</c> may do anything.</summary>
    public const string DefaultPolicy = "user_policy";

    /// <summary>The policies by their ids, which differ in more than case, as names do in configuration.</summary>
    public Dictionary<string, Policy> Policies { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether none is configured and the default stands in.</summary>
    public bool IsDefault { get; private set; }

    /// <summary>Takes all policies of a section, or the default one if it has none.</summary>
    internal void Read(IConfigurationSection section)
    {
        // Child by child: the binder leaves out empty ones, and would append to what a default in code holds.
        foreach (var child in section.GetChildren())
        {
            var policy = new Policy();
            child.Bind(policy);
            Policies[child.Key] = policy;
        }

        if (Policies.Count == 0)
        {
            IsDefault = true;
            Policies[DefaultPolicy] = new Policy { Actions = ["*"], Resources = ["*"], Effect = "Allow", Groups = ["user"] };
        }
    }
}
