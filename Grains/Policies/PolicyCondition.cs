namespace OrleansTicker.Grains.Policies;

/// <summary>A condition as configured. A policy applies only if all of its conditions hold.</summary>
public sealed class PolicyCondition
{
    /// <summary>The field: <c>actor.id</c>, <c>actor.meta.*</c>, <c>action</c>, <c>resource</c>, or one of <c>meta.*</c>.</summary>
    public string? Field { get; set; }

    /// <summary>The operator, such as <c>eq</c>.</summary>
    public string? Operator { get; set; }

    /// <summary>The text or list that is configured as <c>Value</c>; null if there is none.</summary>
    public IReadOnlyList<string>? Values { get; set; }

    /// <summary>Whether <c>Value</c> is a list.</summary>
    public bool IsList { get; set; }
}
