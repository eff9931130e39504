namespace OrleansTicker.Grains.Policies;

/// <summary>How a condition compares. Texts are compared by ordinal.</summary>
internal enum ConditionOperator
{
    /// <summary>The field is the value.</summary>
    Eq,

    /// <summary>The field is another than the value.</summary>
    Ne,

    /// <summary>The field is a number below the value.</summary>
    Lt,

    /// <summary>The field is a number above the value.</summary>
    Gt,

    /// <summary>The field is a number, the value at most.</summary>
    Lte,

    /// <summary>The field is a number, the value at least.</summary>
    Gte,

    /// <summary>The field is one of the values.</summary>
    In,

    /// <summary>The field is none of the values.</summary>
    Nin,

    /// <summary>The field is there.</summary>
    Exists,

    /// <summary>The field is missing.</summary>
    Nexists,

    /// <summary>The value is a part of the field.</summary>
    Contains,

    /// <summary>The value is no part of the field.</summary>
    Ncontains,

    /// <summary>The regular expression matches the field, or a part of it.</summary>
    Matches,

    /// <summary>The regular expression matches no part of the field.</summary>
    Nmatches,
}
