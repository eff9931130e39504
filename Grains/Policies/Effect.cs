namespace OrleansTicker.Grains.Policies;

/// <summary>Whether a policy allows or denies.</summary>
internal enum Effect
{
    /// <summary>Allows, unless another policy denies.</summary>
    Allow,

    /// <summary>Denies, even if another policy allows.</summary>
    Deny,
}
