using System.CommandLine;
using System.Runtime.InteropServices;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Cluster;
using OrleansTicker.LoadTest.Load;

namespace OrleansTicker.LoadTest.Commands;

/// <summary>The command line: what it offers, and what all commands have in common.</summary>
internal static class Tool
{
    /// <summary>The exit code of a run in which something did not hold, or that could not be done.</summary>
    public const int Failed = 1;

    /// <summary>Runs what the arguments ask for. Ctrl-C, or SIGTERM, ends it in good order.</summary>
    /// <returns>The exit code: 0 where all that the command checks held.</returns>
    public static async Task<int> InvokeAsync(string[] args)
    {
        if (args is ["load" or "attack", ..])
        {
            SocketThreads.ReadInline();
        }

        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await InvokeAsync(args, Console.Out, Console.Error, stop.Token);
    }

    /// <summary>Runs what the arguments ask for, until it is done or cancelled.</summary>
    public static Task<int> InvokeAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        // Signals are ours: a command that stops processes takes longer than the library would wait for it.
        var invocation = new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null };
        return Create().Parse(args).InvokeAsync(invocation, cancellationToken);
    }

    public static RootCommand Create() => new("Load, attacks, a local cluster, and faults for OrleansTicker.")
    {
        AttackCommand.Create(),
        ChaosCommand.Create(),
        ClusterCommand.Create(),
        LoadCommand.Create(),
    };

    /// <summary>The option that every command has.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON on standard output." };

    /// <summary>Runs a command's action, and tells in a sentence what keeps it from being done.</summary>
    /// <param name="parsed">What was parsed; its writers are where the command prints.</param>
    /// <param name="run">Returns whether what it checks held.</param>
    public static async Task<int> RunAsync(ParseResult parsed, Func<TextWriter, TextWriter, Task<bool>> run)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            return await run(output, error) ? 0 : Failed;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped before it was done.");
            return Failed;
        }
        catch (Exception e) when (e is TokenRefusedException or LoadException or ClusterException)
        {
            await error.WriteLineAsync(e.Message);
            return Failed;
        }
    }
}
