namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>
/// Prepares the API keys before the gateway takes requests. A database that cannot be reached is logged and tried again at the next
/// request, since everything else works without it. A database of a newer version stops the start.
/// </summary>
internal sealed partial class ApiKeyStoreStarter(IApiKeyStore store, ILogger<ApiKeyStoreStarter> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.PrepareAsync(cancellationToken);
        }
        catch (ApiKeyStoreUnavailableException exception)
        {
            LogUnavailable(exception.Details, exception.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(2110, LogLevel.Error, "No token can be issued until the API keys can be read; each request tries again: {Cause}")]
    private partial void LogUnavailable(Exception? exception, string cause);
}
