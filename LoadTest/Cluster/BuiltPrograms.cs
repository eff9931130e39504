using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>
/// Finds the programs that were built together with this one. Each project's output is in the same subfolder of its project.
/// </summary>
internal static class BuiltPrograms
{
    /// <summary>How to start a program.</summary>
    /// <param name="role">The role, which is the name of the project.</param>
    /// <exception cref="ClusterException">It does not exist.</exception>
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

    /// <summary>The <c>dotnet</c> host that runs this program.</summary>
    private static string Dotnet() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
