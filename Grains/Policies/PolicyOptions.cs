using Microsoft.Extensions.Configuration;

namespace OrleansTicker.Grains.Policies;

/// <summary>The policies as configured: section <c>Policies</c>, with one child for each policy, named by its id.</summary>
public sealed class PolicyOptions
{
    /// <summary>The section of the configuration that holds the policies.</summary>
    public const string Section = "Policies";

    /// <summary>
    /// The id of the default policy of group <c>user</c>: it allows everything in Development, and elsewhere to receive prices.
    /// </summary>
    public const string DefaultPolicy = "user_policy";

    /// <summary>The id of the default policy of group <c>admin</c>: it allows everything.</summary>
    public const string DefaultAdminPolicy = "admin_policy";

    private static readonly string[] Parts =
        [nameof(Policy.Actions), nameof(Policy.Resources), nameof(Policy.Effect), nameof(Policy.Groups), nameof(Policy.Conditions)];

    private static readonly string[] ConditionParts = [nameof(PolicyCondition.Field), nameof(PolicyCondition.Operator), Value];

    private const string Value = "Value";

    /// <summary>The policies by id. As in all configuration, case does not matter.</summary>
    public Dictionary<string, Policy> Policies { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether no policy is configured and the defaults apply.</summary>
    public bool IsDefault { get; private set; }

    /// <summary>Reads all policies of a section, or the defaults if it has none.</summary>
    internal void Read(IConfigurationSection section, bool isDevelopment)
    {
        // Child by child: the binder skips empty ones, and would append to defaults in code.
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
            string[] actions = isDevelopment ? ["*"] : ["connection.open", "market.read", "symbol.subscribe"];
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
