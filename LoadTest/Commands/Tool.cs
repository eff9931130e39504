using System.CommandLine;
using System.Runtime.InteropServices;
using OrleansTicker.LoadTest.Load;

namespace OrleansTicker.LoadTest.Commands;

/// <summary>The command line.</summary>
internal static class Tool
{
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
}
