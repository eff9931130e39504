using System.Diagnostics;
using System.Globalization;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>
/// Cleans up however this program ends. A shell reads from a pipe; when the pipe closes, because the program has ended or was killed, the
/// shell kills the processes that are still on its list and removes the folder.
/// </summary>
internal sealed class Guard : IAsyncDisposable
{
    // It ignores the signals that a terminal sends to all processes.
    private const string Script =
        """
        trap '' INT TERM HUP QUIT
        pids=' '
        while read -r verb pid; do
          case $verb in
            watch) pids="$pids$pid " ;;
            forget) pids="${pids%% $pid *} ${pids#* $pid }" ;;
          esac
        done
        for pid in $pids; do kill -s KILL "$pid" 2>/dev/null; done
        rm -rf -- "$1"
        """;

    private readonly Process _shell;

    /// <param name="folder">The folder to remove.</param>
    public Guard(string folder)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "guard", folder]) { RedirectStandardInput = true };
        _shell = Process.Start(start)!;
        _shell.StandardInput.AutoFlush = true;
    }

    /// <summary>Adds a process to the list.</summary>
    public void Watch(int pid) => Tell("watch", pid);

    /// <summary>Removes a process that has ended from the list, because its id may be reused.</summary>
    public void Forget(int pid) => Tell("forget", pid);

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private void Tell(string verb, int pid)
    {
        lock (_shell)
        {
            _shell.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{verb} {pid}"));
        }
    }
}
