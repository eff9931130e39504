using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>
/// Finds the programs that were built together with this one: each project's output lies in the same place of its own folder.
/// </summary>
internal static class BuiltPrograms
{
    /// <summary>How to start one.</summary>
    /// <param name="role">Which: the project has the role's name.</param>
    /// <exception cref="ClusterException">It is not there.</exception>
    public static ProcessStartInfo StartOf(MemberRole role)
    {
        // …/<this project>/bin/<configuration>/<framework>/
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var root = framework.Parent?.Parent?.Parent?.Parent
            ?? throw new ClusterException("The silo and the gateway are not to be found: run this from the repository.");
        var folder = Path.Combine(root.FullName, role.ToString(), "bin", framework.Parent!.Name, framework.Name);
        var program = Path.Combine(folder, $"OrleansTicker.{role}.dll");
        return File.Exists(program)
            ? new ProcessStartInfo(Dotnet(), [program]) { WorkingDirectory = folder }
            : throw new ClusterException($"{program} is not there: build the solution first.");
    }

    /// <summary>The host that runs this program: the same runtime, wherever it is installed.</summary>
    private static string Dotnet() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
