namespace OrleansTicker.Grains.Policies;

/// <summary>A rule as it is configured: what it allows or denies, and to whom it belongs.</summary>
public sealed class Policy
{
    /// <summary>Patterns of the actions that it is about, such as <c>connection.open</c>, <c>connection.*</c> or <c>*</c>. At least one.</summary>
    public string[]? Actions { get; set; }

    /// <summary>Patterns of the resources that it is about, such as <c>symbol:BTC-USD</c>, <c>symbol:*</c> or <c>*</c>. At least one.</summary>
    public string[]? Resources { get; set; }

    /// <summary><c>Allow</c> or <c>Deny</c>. Text here, so that a wrong word is reported with the policy's name.</summary>
    public string? Effect { get; set; }

    /// <summary>The groups whose actors get it attached to their tokens.</summary>
    public string[]? Groups { get; set; }

    /// <summary>What else has to hold for it to count; none for always.</summary>
    public IReadOnlyList<PolicyCondition> Conditions { get; set; } = [];

    /// <summary>What is configured of it and means nothing: a mistyped condition must not turn into none.</summary>
    public IReadOnlyList<string> Unknown { get; set; } = [];
}
