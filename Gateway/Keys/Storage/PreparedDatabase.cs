using System.Data.Common;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>
/// Opens the database of the API keys for one piece of work at a time, and prepares it before the first: its tables, and the demo key
/// where a <see cref="DemoApiKey"/> is given: by the gateway, and not by the commands. Where that fails, the next piece of work tries it
/// again. Whatever goes wrong between a setting and a row is told in the database's own words.
/// </summary>
internal sealed partial class PreparedDatabase(
    IApiKeyDatabase database, ReadOnlyNotice readOnly, ILogger<PreparedDatabase> logger, DemoApiKey? demo = null)
{
    private volatile bool _isPrepared;
    private string? _demoCause;

    /// <inheritdoc cref="IApiKeyStore.PrepareAsync"/>
    public Task PrepareAsync(CancellationToken cancellationToken) => GuardAsync(
        async end =>
        {
            await PrepareOnceAsync(end);
            return true;
        },
        cancellationToken);

    /// <summary>Runs a piece of work on an open connection.</summary>
    /// <exception cref="ApiKeyStoreUnavailableException">The database cannot be reached, read or written.</exception>
    public Task<T> RunAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => GuardAsync(
        async end =>
        {
            try
            {
                await PrepareOnceAsync(end);
                await using var connection = await database.OpenAsync(end);
                return await work(connection, end);
            }
            catch (Exception exception) when (exception is NewerSchemaException or OptionsValidationException)
            {
                throw new ApiKeyStoreUnavailableException(exception.Message, exception); // What stops a start fails a request.
            }
        },
        cancellationToken);

    private async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await database.RunAsync(work, cancellationToken);
        }
        catch (Exception exception) when (exception
            is not (OperationCanceledException or ApiKeyStoreUnavailableException or NewerSchemaException or OptionsValidationException))
        {
            var fault = database.Explain(exception);
            throw new ApiKeyStoreUnavailableException(fault.At(database.Location), exception, fault.Kind);
        }
    }

    // Callers who come at once may all prepare, as several processes may: the database lets one after the other.
    private async Task PrepareOnceAsync(CancellationToken cancellationToken)
    {
        if (_isPrepared)
        {
            return;
        }

        await using var connection = await database.CreateAsync(cancellationToken);
        await ApiKeySchema.MigrateAsync(database, connection, cancellationToken);
        if (database.WhyReadOnly(connection) is { } cause)
        {
            readOnly.TellReadOnly(cause);
        }

        _isPrepared = await TryEnsureDemoAsync(connection, cancellationToken);
    }

    /// <summary>Makes sure of the demo key, where there is to be one. Where it cannot be written, the other keys count all the same.</summary>
    private async Task<bool> TryEnsureDemoAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await (demo?.EnsureAsync(connection, cancellationToken) ?? Task.CompletedTask);
            return true;
        }
        catch (Exception exception) when (database.Explain(exception) is { Kind: DatabaseFaultKind.NotWritable } fault)
        {
            if (Interlocked.Exchange(ref _demoCause, fault.Cause) != fault.Cause)
            {
                LogNoDemo(fault.Cause);
            }

            return false;
        }
    }

    [LoggerMessage(2104, LogLevel.Warning, "There is no demo API key, since it cannot be written: {Cause}")]
    private partial void LogNoDemo(string cause);
}
