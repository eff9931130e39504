using System.CommandLine;
using System.Globalization;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using OrleansTicker.History.Formats;

namespace OrleansTicker.Gateway.History.Commands;

/// <summary><c>history import</c>.</summary>
internal static class ImportCommand
{
    public static Command Create(HistoryConsole console)
    {
        var file = new Argument<string>("file") { Description = "The file to read." };
        var format = HistoryArguments.Format();
        var covered = new Option<bool>("--covered")
        {
            Description = "Count the times of the candles as watched, so that they are no gaps: for a file with all symbols of another store.",
        };

        var command = new Command(
            "import",
            """
            Reads candles from a file: CSV or Parquet. A file with a wrong row is not imported at all.
            Candles that a silo has made stay as they are; those that an earlier import has written are replaced.
            """) { file, format, covered };
        command.SetAction((line, cancellationToken) =>
        {
            var path = line.GetRequiredValue(file);
            return (line.GetValue(format) ?? CandleFormats.OfFile(path)) is { } chosen
                ? console.RunAsync(store =>
                    RunAsync(console, store, new CandleImport(store, chosen, path), line.GetValue(covered), cancellationToken))
                : console.RejectAsync(HistoryArguments.NoFormat(path));
        });
        return command;
    }

    private static async Task<string?> RunAsync(
        HistoryConsole console, IHistoryStore store, CandleImport import, bool isCovered, CancellationToken cancellationToken)
    {
        if (await import.CheckAsync(cancellationToken) is { } error)
        {
            return error;
        }

        await store.PrepareAsync(cancellationToken);
        try
        {
            await import.WriteAsync(isCovered, cancellationToken);
        }
        catch (Exception exception)
            when (import.Imported.All > 0 && exception is HistoryUnavailableException or OperationCanceledException or IOException)
        {
            var cause = exception is OperationCanceledException ? "Interrupted" : exception.Message;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{cause}. {import.Imported.All} candles were imported ({import.Imported}), the rest was not; the command may be repeated.");
        }

        await console.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{import.Imported.All} candles were imported into {store.Location}: {import.Imported}."));
        return null;
    }
}
