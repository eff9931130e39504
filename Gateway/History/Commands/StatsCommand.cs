using System.CommandLine;
using OrleansTicker.Gateway.Commands;

namespace OrleansTicker.Gateway.History.Commands;

/// <summary><c>history stats</c>.</summary>
internal static class StatsCommand
{
    public static Command Create(HistoryConsole console)
    {
        var json = CommandArguments.Json();

        var command = new Command("stats", "Counts the candles, which takes a while if there are many.") { json };
        command.SetAction((line, cancellationToken) => console.RunAsync(async store =>
        {
            var stats = await store.GetStatsAsync(cancellationToken);
            await (line.GetValue(json)
                ? console.WriteAsync(HistoryStatsJson.Of(store.Location, stats), HistoryJson.Default.HistoryStatsJson)
                : console.WriteAsync(HistoryText.Of(store.Location, stats)));
            return null;
        }));
        return command;
    }
}
