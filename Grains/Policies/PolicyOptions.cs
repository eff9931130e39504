using Microsoft.Extensions.Configuration;

namespace OrleansTicker.Grains.Policies;

/// <summary>The policies as they are configured: section <c>Policies</c>, one child a policy, named by its id.</summary>
public sealed class PolicyOptions
{
    /// <summary>The section of the configuration that holds the policies.</summary>
    public const string Section = "Policies";

    /// <summary>
    /// The id of the policy of group <c>user</c> where none is configured: in Development it may do anything, elsewhere it may see prices.
    /// </summary>
    public const string DefaultPolicy = "user_policy";

    /// <summary>The id of the policy of group <c>admin</c> where none is configured: it may do anything.</summary>
    public const string DefaultAdminPolicy = "admin_policy";

    private static readonly string[] Parts =
        [nameof(Policy.Actions), nameof(Policy.Resources), nameof(Policy.Effect), nameof(Policy.Groups), nameof(Policy.Conditions)];

    private static readonly string[] ConditionParts = [nameof(PolicyCondition.Field), nameof(PolicyCondition.Operator), Value];

    private const string Value = "Value";

    /// <summary>The policies by their ids, which differ in more than case, as names do in configuration.</summary>
    public Dictionary<string, Policy> Policies { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether none is configured and the default stands in.</summary>
    public bool IsDefault { get; private set; }

    /// <summary>Takes all policies of a section, or the default ones if it has none.</summary>
    internal void Read(IConfigurationSection section, bool isDevelopment)
    {
        // Child by child: the binder leaves out empty ones, and would append to what a default in code holds.
        foreach (var child in section.GetChildren())
        {
            var policy = new Policy();
            child.Bind(policy);
            var conditions = child.GetSection(nameof(Policy.Conditions));
            policy.Conditions = [.. conditions.GetChildren().Select(Read)];
            policy.Unknown =
            [
                .. UnknownOf(child, Parts),
                .. conditions.GetChildren().SelectMany(condition => UnknownOf(condition, ConditionParts)),
                .. string.IsNullOrEmpty(conditions.Value) ? (string[])[] : [conditions.Path],
            ];
            Policies[child.Key] = policy;
        }

        if (Policies.Count == 0)
        {
            IsDefault = true;
            string[] actions = isDevelopment ? ["*"] : ["connection.open", "symbol.subscribe"];
            Policies[DefaultPolicy] = new Policy { Actions = actions, Resources = ["*"], Effect = "Allow", Groups = ["user"] };
            Policies[DefaultAdminPolicy] = new Policy { Actions = ["*"], Resources = ["*"], Effect = "Allow", Groups = ["admin"] };
        }
    }

    private static PolicyCondition Read(IConfigurationSection section)
    {
        var value = section.GetSection(Value);
        var list = value.GetChildren().Select(item => item.Value ?? "").ToArray();
        return new PolicyCondition
        {
            Field = section[nameof(PolicyCondition.Field)],
            Operator = section[nameof(PolicyCondition.Operator)],
            Values = list.Length > 0 ? list : value.Value is { } text ? [text] : null,
            IsList = list.Length > 0,
        };
    }

    private static IEnumerable<string> UnknownOf(IConfigurationSection section, string[] known) =>
        section.GetChildren().Where(part => !known.Contains(part.Key, StringComparer.OrdinalIgnoreCase)).Select(part => part.Path);
}
