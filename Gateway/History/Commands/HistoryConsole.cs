using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Commands;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using OrleansTicker.History.Hosting;

namespace OrleansTicker.Gateway.History.Commands;

/// <summary>What the commands on the history share: the configured store, and the output.</summary>
/// <param name="console">The console.</param>
internal sealed class HistoryConsole(CommandConsole console)
{
    /// <summary>Runs a command on the store.</summary>
    /// <param name="act">The command. It returns why it was not done, or null if it was.</param>
    /// <returns>The exit code.</returns>
    public Task<int> RunAsync(Func<IHistoryStore, Task<string?>> act)
    {
        IHistoryStore? store = null;
        return console.RunAsync(
            builder => builder.Services.AddHistory(builder.Configuration),
            async services =>
            {
                if (services.GetRequiredService<IOptions<HistoryOptions>>().Value.IsProvider(HistoryOptions.None))
                {
                    return "History:Provider is None, so there is no history.";
                }

                store = services.GetRequiredService<IHistoryStore>();
                return await act(store);
            },
            exception => exception switch
            {
                HistoryUnavailableException => $"{exception.Message} ({store?.Location})",
                IOException or UnauthorizedAccessException => exception.Message,
                _ => null,
            });
    }

    /// <inheritdoc cref="CommandConsole.RejectAsync"/>
    public Task<int> RejectAsync(string sentence) => console.RejectAsync(sentence);

    /// <inheritdoc cref="CommandConsole.WriteAsync(string)"/>
    public Task WriteAsync(string line) => console.WriteAsync(line);

    /// <inheritdoc cref="CommandConsole.WriteAsync{T}"/>
    public Task WriteAsync<T>(T answer, JsonTypeInfo<T> type) => console.WriteAsync(answer, type);
}
