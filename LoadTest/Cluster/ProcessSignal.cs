using System.Diagnostics;
using System.Globalization;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>Sends signals by name, because their numbers differ between systems.</summary>
internal static class ProcessSignal
{
    public const string Stop = "STOP";
    public const string Continue = "CONT";
    public const string Terminate = "TERM";
    public const string Kill = "KILL";

    public static async Task SendAsync(int pid, string signal)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "kill -s \"$1\" \"$2\"", "kill", signal, pid.ToString(CultureInfo.InvariantCulture)]))!;
        await shell.WaitForExitAsync();
        if (shell.ExitCode != 0)
        {
            throw new ClusterException($"Process {pid} did not take SIG{signal}.");
        }
    }
}
