using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace OrleansTicker.Grains.Policies;

/// <summary>A validated policy.</summary>
internal sealed class Rule
{
    private readonly ImmutableArray<Pattern> _actions;
    private readonly ImmutableArray<Pattern> _resources;
    private readonly ImmutableArray<Condition> _conditions;
    private readonly FrozenSet<string> _groups;

    private Rule(
        Effect effect,
        ImmutableArray<Pattern> actions,
        ImmutableArray<Pattern> resources,
        ImmutableArray<Condition> conditions,
        IEnumerable<string> groups)
    {
        _conditions = conditions;
        Effect = effect;
        _actions = actions;
        _resources = resources;
        _groups = groups.ToFrozenSet(StringComparer.Ordinal);
    }

    public Effect Effect { get; }

    /// <summary>Validates a policy. If it is invalid, <paramref name="error"/> names it and says what to set.</summary>
    public static bool TryCreate(
        string id, Policy policy, [NotNullWhen(true)] out Rule? rule, [NotNullWhen(false)] out string? error)
    {
        rule = null;
        if (policy.Unknown.Count > 0)
        {
            error = $"Policy '{id}' has {string.Join(", ", policy.Unknown)}, which means nothing; it can have Actions, Resources, Effect, "
                + "Groups and Conditions, a list of Field, Operator and Value";
            return false;
        }

        if (!TryParse(id, nameof(policy.Actions), policy.Actions, out var actions, out error)
            || !TryParse(id, nameof(policy.Resources), policy.Resources, out var resources, out error))
        {
            return false;
        }

        Effect? effect = policy.Effect?.ToUpperInvariant() switch { "ALLOW" => Effect.Allow, "DENY" => Effect.Deny, _ => null };
        if (effect is null)
        {
            error = $"Policy '{id}' has the effect '{policy.Effect}'; set Policies:{id}:Effect to Allow or Deny";
            return false;
        }

        var conditions = new List<Condition>();
        foreach (var configured in policy.Conditions)
        {
            if (!Condition.TryCreate(configured, out var condition, out var broken))
            {
                error = $"Policy '{id}', condition {conditions.Count}, {broken}";
                return false;
            }

            conditions.Add(condition);
        }

        rule = new Rule(effect.Value, actions, resources, [.. conditions], (policy.Groups ?? []).OfType<string>());
        return true;
    }

    /// <summary>
    /// Whether the rule applies to a question: action and resource match, and all conditions hold. If a condition is unknown, the rule
    /// applies if it denies and not if it allows, so that missing or unreadable data never opens anything.
    /// </summary>
    public bool AppliesTo(PolicyQuestion question)
    {
        if (!Matches(_actions, question.Action) || !Matches(_resources, question.Resource))
        {
            return false;
        }

        var isCertain = true;
        foreach (var condition in _conditions)
        {
            var holds = condition.HoldsFor(question);
            if (holds is false)
            {
                return false;
            }

            isCertain &= holds is true;
        }

        return isCertain || Effect == Effect.Deny;
    }

    public bool BelongsTo(string group) => _groups.Contains(group);

    private static bool Matches(ImmutableArray<Pattern> patterns, ReadOnlySpan<char> value)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryParse(
        string id, string name, string[]? texts, out ImmutableArray<Pattern> patterns, [NotNullWhen(false)] out string? error)
    {
        patterns = [];
        error = texts is null or [] ? $"Policy '{id}' has no {name}; set Policies:{id}:{name} to a list, [\"*\"] for any" : null;
        foreach (var text in texts ?? [])
        {
            if (!Pattern.TryParse(text, out var pattern))
            {
                error = $"Policy '{id}' has '{text}' among its {name}; a pattern has text, and a * at its end at most";
                return false;
            }

            patterns = patterns.Add(pattern);
        }

        return error is null;
    }
}
