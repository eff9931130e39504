using System.CommandLine;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Cluster;
using OrleansTicker.LoadTest.Exchange;
using OrleansTicker.LoadTest.Load;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Commands;

/// <summary>What all commands share: <c>--json</c>, progress, the exit code, and a message instead of a stack trace for expected failures.</summary>
internal static class CommandActions
{
    private const int Failed = 1;

    /// <summary>Gives a command an action that shows its progress and returns a report to print. The exit code is 0 if all checks held.</summary>
    public static Command WithRun<TReport>(this Command command, Func<ParseResult, IProgressView, CancellationToken, Task<TReport>> run)
        where TReport : RunReport =>
        command.WithAction(async (invocation, cancellationToken) =>
        {
            var report = await ProgressView.WatchAsync(
                invocation.Error, TimeProvider.System, progress => run(invocation.Parsed, progress, cancellationToken));
            await invocation.PrintAsync(report);
            return report.Held;
        });

    /// <summary>Gives a command an action that returns whether all checks held.</summary>
    public static Command WithAction(this Command command, Func<Invocation, CancellationToken, Task<bool>> action)
    {
        var json = new Option<bool>("--json") { Description = "Print the result as JSON on standard output." };
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var invocation = new Invocation(parsed, parsed.GetValue(json));
            try
            {
                return await action(invocation, cancellationToken) ? 0 : Failed;
            }
            catch (OperationCanceledException)
            {
                await invocation.Error.WriteLineAsync("Stopped before it was done.");
                return Failed;
            }
            catch (Exception e) when (e is TokenRefusedException or AnswerException or LoadException or ClusterException or ExchangeException)
            {
                await invocation.Error.WriteLineAsync(e.Message);
                return Failed;
            }
        });
        return command;
    }
}
