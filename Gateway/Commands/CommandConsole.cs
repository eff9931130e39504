using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Commands;

/// <summary>What all commands share: services with the configuration of a gateway, the output, and the exit codes.</summary>
/// <param name="output">Where answers go.</param>
/// <param name="error">Where errors go.</param>
/// <param name="options">The environment and the content root, so that the configuration is the same as a gateway's.</param>
internal sealed class CommandConsole(TextWriter output, TextWriter error, WebApplicationOptions options)
{
    private const int Done = 0;
    private const int NotDone = 1;

    /// <summary>The exit code of a command line that is wrong.</summary>
    public const int Wrong = 2;

    /// <summary>Runs a command.</summary>
    /// <param name="configure">Adds the services that it needs.</param>
    /// <param name="act">The command. It returns why it was not done, or null if it was.</param>
    /// <param name="explain">The sentence for an exception of its own; null for one that it does not know.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        Action<WebApplicationBuilder> configure, Func<IServiceProvider, Task<string?>> act, Func<Exception, string?> explain)
    {
        var refusal = await TryAsync(configure, act, explain);
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

    private async Task<string?> TryAsync(
        Action<WebApplicationBuilder> configure, Func<IServiceProvider, Task<string?>> act, Func<Exception, string?> explain)
    {
        try
        {
            var builder = WebApplication.CreateBuilder(options);
            builder.Logging.ClearProviders(); // Failures are reported once, below.
            configure(builder);
            await using var app = builder.Build();
            return await act(app.Services);
        }
        catch (OptionsValidationException exception)
        {
            return string.Join(Environment.NewLine, exception.Failures);
        }
        catch (InvalidDataException exception)
        {
            return exception.Message; // A configuration file is broken, or a file that the command reads.
        }
        catch (OperationCanceledException)
        {
            return "Interrupted.";
        }
        catch (Exception exception) when (explain(exception) is { } sentence)
        {
            return sentence;
        }
    }
}
