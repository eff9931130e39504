using System.Diagnostics;

namespace OrleansTicker.Tests.Hosting;

/// <summary>The programs in their own output folders: a copy beside the tests would load the libraries of the tests.</summary>
internal static class BuiltProgram
{
    /// <summary>How to start a program, in Development and on a free port.</summary>
    /// <param name="program">The project's name, such as <c>Silo</c>.</param>
    /// <param name="args">Its arguments.</param>
    public static ProcessStartInfo StartOf(string program, params string[] args)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        return new ProcessStartInfo("dotnet", [$"OrleansTicker.{program}.dll", .. args])
        {
            WorkingDirectory = Path.Combine(
                framework.Parent!.Parent!.Parent!.Parent!.FullName, program, "bin", framework.Parent.Name, framework.Name),
            Environment =
            {
                // A web program reads the other variable first.
                [program == "Silo" ? "DOTNET_ENVIRONMENT" : "ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            },
        };
    }
}
