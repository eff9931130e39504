namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>Why a request to a database failed.</summary>
/// <param name="Kind">What that means for callers.</param>
/// <param name="Cause">The cause in words for an operator, without secrets.</param>
internal sealed record DatabaseFault(DatabaseFaultKind Kind, string Cause)
{
    /// <summary>The fault as a sentence.</summary>
    /// <param name="location">Where the keys are.</param>
    public string At(string location) => Kind switch
    {
        DatabaseFaultKind.NotWritable => $"The API keys in {location} cannot be written: {Cause}",
        DatabaseFaultKind.Refused => $"The database of the API keys, {location}, refused the request: {Cause}",
        _ => $"The API keys in {location} cannot be reached: {Cause}",
    };
}
