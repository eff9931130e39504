namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>Why a database did not do what it was asked.</summary>
/// <param name="Kind">What that means for those who ask.</param>
/// <param name="Cause">The cause in words for an operator, without any secret.</param>
internal sealed record DatabaseFault(DatabaseFaultKind Kind, string Cause)
{
    /// <summary>The whole as a sentence.</summary>
    /// <param name="location">Where the keys are.</param>
    public string At(string location) => Kind switch
    {
        DatabaseFaultKind.NotWritable => $"The API keys in {location} cannot be written: {Cause}",
        DatabaseFaultKind.Refused => $"The database of the API keys, {location}, refused the request: {Cause}",
        _ => $"The API keys in {location} cannot be reached: {Cause}",
    };
}
