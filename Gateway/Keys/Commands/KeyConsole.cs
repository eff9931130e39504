using System.Text.Json.Serialization.Metadata;
using OrleansTicker.Gateway.Commands;
using OrleansTicker.Gateway.Keys.Storage;

namespace OrleansTicker.Gateway.Keys.Commands;

/// <summary>What the commands on API keys share: the store of the configured keys, and the output.</summary>
/// <param name="console">The console.</param>
internal sealed class KeyConsole(CommandConsole console)
{
    /// <summary>Runs a command on the prepared store.</summary>
    /// <param name="act">The command. It returns why it was not done, or null if it was.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The exit code.</returns>
    public Task<int> RunAsync(Func<IApiKeyStore, DateTimeOffset, Task<string?>> act, CancellationToken cancellationToken) => console.RunAsync(
        builder => builder.Services.AddApiKeyStore(builder.Configuration),
        async services =>
        {
            var store = services.GetRequiredService<IApiKeyStore>();
            await store.PrepareAsync(cancellationToken);
            return await act(store, services.GetRequiredService<TimeProvider>().GetUtcNow());
        },
        exception => exception is NewerSchemaException or ApiKeyStoreUnavailableException ? exception.Message : null);

    /// <inheritdoc cref="CommandConsole.RejectAsync"/>
    public Task<int> RejectAsync(string sentence) => console.RejectAsync(sentence);

    /// <inheritdoc cref="CommandConsole.WriteAsync(string)"/>
    public Task WriteAsync(string line) => console.WriteAsync(line);

    /// <inheritdoc cref="CommandConsole.WriteAsync{T}"/>
    public Task WriteAsync<T>(T answer, JsonTypeInfo<T> type) => console.WriteAsync(answer, type);
}
