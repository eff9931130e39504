using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Keys.Storage;

namespace OrleansTicker.Gateway.Keys.Commands;

/// <summary>What the commands share: the store of the configured keys, and where answers go.</summary>
/// <param name="output">Where answers go.</param>
/// <param name="error">Where goes what went wrong.</param>
/// <param name="options">The environment and the content root, by which the configuration is found as a gateway finds it.</param>
internal sealed class KeyConsole(TextWriter output, TextWriter error, WebApplicationOptions options)
{
    private const int Done = 0;
    private const int NotDone = 1;

    /// <summary>The exit code of a command line that is wrong.</summary>
    public const int Wrong = 2;

    /// <summary>Runs a command on the prepared store.</summary>
    /// <param name="act">The command; what it returns is what keeps it from being done, or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Func<IApiKeyStore, DateTimeOffset, Task<string?>> act, CancellationToken cancellationToken)
    {
        var refusal = await TryAsync(act, cancellationToken);
        if (refusal is null)
        {
            return Done;
        }

        await error.WriteLineAsync(refusal);
        return NotDone;
    }

    /// <summary>Says what is wrong with the command line.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RejectAsync(string sentence)
    {
        await error.WriteLineAsync(sentence);
        return Wrong;
    }

    /// <summary>Writes a line for people.</summary>
    public Task WriteAsync(string line) => output.WriteLineAsync(line);

    /// <summary>Writes JSON for machines, in one line.</summary>
    public Task WriteAsync<T>(T answer, JsonTypeInfo<T> type) => output.WriteLineAsync(JsonSerializer.Serialize(answer, type));

    private async Task<string?> TryAsync(Func<IApiKeyStore, DateTimeOffset, Task<string?>> act, CancellationToken cancellationToken)
    {
        try
        {
            var builder = WebApplication.CreateBuilder(options);
            builder.Logging.ClearProviders(); // What went wrong is told below, once.
            builder.Services.AddApiKeyStore(builder.Configuration);
            await using var app = builder.Build();
            var store = app.Services.GetRequiredService<IApiKeyStore>();
            await store.PrepareAsync(cancellationToken);
            return await act(store, app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        }
        catch (OptionsValidationException exception)
        {
            return string.Join(Environment.NewLine, exception.Failures);
        }
        catch (Exception exception) when (exception is NewerSchemaException or InvalidDataException)
        {
            // The second where a file of the configuration is broken.
            return exception.Message;
        }
        catch (OperationCanceledException)
        {
            return "Interrupted.";
        }
        catch (ApiKeyStoreUnavailableException exception)
        {
            return exception.Message;
        }
    }
}
