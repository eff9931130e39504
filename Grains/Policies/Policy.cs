namespace OrleansTicker.Grains.Policies;

/// <summary>A policy as configured: what it allows or denies, and for which groups.</summary>
public sealed class Policy
{
    /// <summary>Patterns of the actions to which it applies, such as <c>connection.open</c>, <c>connection.*</c> or <c>*</c>. At least one.</summary>
    public string[]? Actions { get; set; }

    /// <summary>Patterns of the resources to which it applies, such as <c>symbol:BTC-USD</c>, <c>symbol:*</c> or <c>*</c>. At least one.</summary>
    public string[]? Resources { get; set; }

    /// <summary><c>Allow</c> or <c>Deny</c>. A string, so that a wrong value is reported with the policy's name.</summary>
    public string? Effect { get; set; }

    /// <summary>The groups to whose tokens it is attached.</summary>
    public string[]? Groups { get; set; }

    /// <summary>The conditions under which it applies; empty for always.</summary>
    public IReadOnlyList<PolicyCondition> Conditions { get; set; } = [];

    /// <summary>Unknown settings. They are an error, because a mistyped condition must not be ignored.</summary>
    public IReadOnlyList<string> Unknown { get; set; } = [];
}
