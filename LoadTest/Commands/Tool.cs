using System.CommandLine;
using System.Runtime.InteropServices;
using OrleansTicker.LoadTest.Load;

namespace OrleansTicker.LoadTest.Commands;

/// <summary>The command line.</summary>
internal static class Tool
{
    /// <summary>Runs a command. Ctrl-C or SIGTERM stops it gracefully.</summary>
    /// <returns>The exit code: 0 if all checks of the command held.</returns>
    public static async Task<int> InvokeAsync(string[] args)
    {
        if (args is ["load" or "attack" or "api", ..])
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

    /// <summary>Runs a command until it has finished or is cancelled.</summary>
    public static Task<int> InvokeAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        // Signals are handled above: a command may need longer to stop its processes than the library would wait.
        var invocation = new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null };
        return Create().Parse(args).InvokeAsync(invocation, cancellationToken);
    }

    public static RootCommand Create() => new("Load, requests, attacks, a local cluster, faults, and exchanges to connect to, for OrleansTicker.")
    {
        ApiCommand.Create(),
        AttackCommand.Create(),
        ChaosCommand.Create(),
        ClusterCommand.Create(),
        ExchangeCommand.Create(),
        LoadCommand.Create(),
    };
}
