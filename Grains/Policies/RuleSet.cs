using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Policies;

/// <summary>All policies of a configuration. Immutable.</summary>
internal sealed class RuleSet
{
    private readonly FrozenDictionary<string, Rule> _rules;

    /// <exception cref="OptionsValidationException">Policies are invalid; the message names each of them.</exception>
    public RuleSet(PolicyOptions options)
    {
        var rules = new Dictionary<string, Rule>(StringComparer.OrdinalIgnoreCase);
        var errors = new List<string>();
        foreach (var (id, policy) in options.Policies)
        {
            if (Rule.TryCreate(id, policy, out var rule, out var error))
            {
                rules.Add(id, rule);
            }
            else
            {
                errors.Add(error);
            }
        }

        if (errors.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(PolicyOptions), errors);
        }

        IsDefault = options.IsDefault;
        _rules = rules.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether no policy is configured and the defaults apply.</summary>
    public bool IsDefault { get; }

    public int Count => _rules.Count;

    public ImmutableArray<string> ScopeOf(IEnumerable<string> groups)
    {
        var wanted = groups.ToArray();
        return [.. _rules.Where(rule => wanted.Any(rule.Value.BelongsTo)).Select(rule => rule.Key).Order(StringComparer.Ordinal)];
    }

    public bool Allows(ImmutableArray<string> scope, PolicyQuestion question)
    {
        var isAllowed = false;
        foreach (var id in scope.IsDefault ? [] : scope)
        {
            if (!_rules.TryGetValue(id, out var rule) || !rule.AppliesTo(question))
            {
                continue;
            }

            if (rule.Effect == Effect.Deny)
            {
                return false;
            }

            isAllowed = true;
        }

        return isAllowed;
    }
}
