namespace OrleansTicker.Grains.Policies;

/// <summary>How a condition compares. Text is compared ordinally.</summary>
internal enum ConditionOperator
{
    /// <summary>The field equals the value.</summary>
    Eq,

    /// <summary>The field differs from the value.</summary>
    Ne,

    /// <summary>The field is a number below the value.</summary>
    Lt,

    /// <summary>The field is a number above the value.</summary>
    Gt,

    /// <summary>The field is a number, at most the value.</summary>
    Lte,

    /// <summary>The field is a number, at least the value.</summary>
    Gte,

    /// <summary>The field is one of the values.</summary>
    In,

    /// <summary>The field is none of the values.</summary>
    Nin,

    /// <summary>The field is present.</summary>
    Exists,

    /// <summary>The field is missing.</summary>
    Nexists,

    /// <summary>The field contains the value.</summary>
    Contains,

    /// <summary>The field does not contain the value.</summary>
    Ncontains,

    /// <summary>The regular expression matches the field, or a part of it.</summary>
    Matches,

    /// <summary>The regular expression matches no part of the field.</summary>
    Nmatches,
}
