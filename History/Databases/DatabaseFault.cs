namespace OrleansTicker.History.Databases;

/// <summary>Why a request to a database failed.</summary>
/// <param name="Kind">What that means for callers.</param>
/// <param name="Cause">The cause in words for an operator, without secrets.</param>
public sealed record DatabaseFault(DatabaseFaultKind Kind, string Cause)
{
    /// <summary>The fault as a sentence.</summary>
    /// <param name="content">What is stored there, such as <c>API keys</c>.</param>
    /// <param name="location">Where it is.</param>
    public string Of(string content, string location) => Kind switch
    {
        DatabaseFaultKind.NotWritable => $"The {content} in {location} cannot be written: {Cause}",
        DatabaseFaultKind.Refused => $"The database of the {content}, {location}, refused the request: {Cause}",
        _ => $"The {content} in {location} cannot be reached: {Cause}",
    };
}
