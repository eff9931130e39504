namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>Why a database did not do what it was asked.</summary>
/// <param name="Kind">What that means for those who ask.</param>
/// <param name="Cause">The cause in words for an operator, without any secret.</param>
internal sealed record DatabaseFault(DatabaseFaultKind Kind, string Cause)
{
    /// <summary>The whole as a sentence.</summary>
    /// <param name="place">Where the keys are.</param>
    public string At(string place) => Kind switch
    {
        DatabaseFaultKind.NotWritable => $"The API keys in {place} cannot be written: {Cause}",
        DatabaseFaultKind.Refused => $"The database of the API keys, {place}, refused the request: {Cause}",
        _ => $"The API keys in {place} cannot be reached: {Cause}",
    };
}
