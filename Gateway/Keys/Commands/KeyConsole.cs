using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Keys.Storage;

namespace OrleansTicker.Gateway.Keys.Commands;

/// <summary>What the commands share: the store of the configured keys, and the output.</summary>
/// <param name="output">Where answers go.</param>
/// <param name="error">Where errors go.</param>
/// <param name="options">The environment and the content root, so that the configuration is the same as a gateway's.</param>
internal sealed class KeyConsole(TextWriter output, TextWriter error, WebApplicationOptions options)
{
    private const int Done = 0;
    private const int NotDone = 1;

    /// <summary>The exit code of a command line that is wrong.</summary>
    public const int Wrong = 2;

    /// <summary>Runs a command on the prepared store.</summary>
    /// <param name="act">The command. It returns why it was not done, or null if it was.</param>
    /// <param name="cancellationToken">Cancels it.</param>
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

    /// <summary>Writes what is wrong with the command line.</summary>
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
            builder.Logging.ClearProviders(); // Failures are reported once, below.
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
            // InvalidDataException: a configuration file is broken.
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
