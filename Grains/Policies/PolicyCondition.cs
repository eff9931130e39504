namespace OrleansTicker.Grains.Policies;

/// <summary>A condition as it is configured. A policy counts only where all of its conditions hold.</summary>
public sealed class PolicyCondition
{
    /// <summary>What it looks at: <c>actor.id</c>, <c>actor.meta.*</c>, <c>action</c>, <c>resource</c>, or one of <c>meta.*</c>.</summary>
    public string? Field { get; set; }

    /// <summary>How it compares, such as <c>eq</c>.</summary>
    public string? Operator { get; set; }

    /// <summary>What it compares with: the one text or the list that is configured as <c>Value</c>; null where there is none.</summary>
    public IReadOnlyList<string>? Values { get; set; }

    /// <summary>Whether <c>Value</c> is a list.</summary>
    public bool IsList { get; set; }
}
