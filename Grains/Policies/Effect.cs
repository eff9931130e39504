namespace OrleansTicker.Grains.Policies;

/// <summary>What a policy does to the actions that it covers.</summary>
internal enum Effect
{
    /// <summary>It lets them be done, unless another policy denies them.</summary>
    Allow,

    /// <summary>It forbids them, whatever else allows them.</summary>
    Deny,
}
