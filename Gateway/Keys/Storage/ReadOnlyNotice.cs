namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>Logs once that the API keys can only be read, and once that they can be written again. Any thread may call it.</summary>
internal sealed partial class ReadOnlyNotice(IApiKeyDatabase database, ILogger<ReadOnlyNotice> logger)
{
    private string? _cause;

    /// <summary>Reports that the keys can be read but not written.</summary>
    /// <param name="cause">Why; a different cause is logged again.</param>
    public void TellReadOnly(string cause)
    {
        if (Interlocked.Exchange(ref _cause, cause) != cause)
        {
            LogReadOnly(database.Location, cause);
        }
    }

    /// <summary>Reports that something was written.</summary>
    public void TellWritable()
    {
        if (Interlocked.Exchange(ref _cause, null) is not null)
        {
            LogWritable(database.Location);
        }
    }

    [LoggerMessage(2102, LogLevel.Warning, "The API keys in {Location} can be read and not written ({Cause}): none can be made, revoked or rotated")]
    private partial void LogReadOnly(string location, string cause);

    [LoggerMessage(2103, LogLevel.Information, "The API keys in {Location} can be written again")]
    private partial void LogWritable(string location);
}
