using System.Data.Common;
using Microsoft.Extensions.Options;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>
/// Opens the database of the API keys for each piece of work, and prepares it before the first: its tables and, if a <see
/// cref="DemoApiKey"/> is given (by the gateway, not by the commands), the demo key. If that fails, the next piece of work tries again. All
/// failures are reported in the words of the database.
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
                throw new ApiKeyStoreUnavailableException(exception.Message, exception); // What would stop a start only fails the request.
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
            throw new ApiKeyStoreUnavailableException(fault.Of("API keys", database.Location), exception, fault.Kind);
        }
    }

    // Several callers, and several processes, may prepare at once; the database makes one wait for the other.
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

    /// <summary>Ensures the demo key, if there should be one. If it can't be written, the other keys are still valid.</summary>
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
