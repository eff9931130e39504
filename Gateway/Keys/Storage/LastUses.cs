using System.Collections.Concurrent;
using System.Data.Common;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>
/// Records when API keys were last used, to the minute. A database that can be read but not written still lets its users in. Any thread may
/// call it.
/// </summary>
internal sealed partial class LastUses(IApiKeyDatabase database, ReadOnlyNotice readOnly, ILogger<LastUses> logger)
{
    private const int TimeoutSeconds = 1;

    private static readonly TimeSpan Resolution = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, DateTimeOffset> _last = new();

    /// <summary>Records a use, unless one was recorded less than a minute ago. It does not fail if the database refuses.</summary>
    public async Task NoteAsync(DbConnection connection, long id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_last.TryGetValue(id, out var last) && now - last < Resolution)
        {
            return;
        }

        _last[id] = now;
        try
        {
            await ApiKeyQueries.NoteUseAsync(connection, id, now, TimeoutSeconds, cancellationToken);
            readOnly.TellWritable();
        }
        catch (DbException exception)
        {
            var fault = database.Explain(exception);
            if (fault.Kind == DatabaseFaultKind.NotWritable)
            {
                readOnly.TellReadOnly(fault.Cause);
            }
            else
            {
                LogNotNoted(id, fault.Cause);
            }
        }
    }

    [LoggerMessage(2101, LogLevel.Warning, "The last use of API key {Id} could not be noted: {Cause}")]
    private partial void LogNotNoted(long id, string cause);
}
