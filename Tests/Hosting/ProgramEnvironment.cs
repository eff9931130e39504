using System.Runtime.CompilerServices;

namespace OrleansTicker.Tests.Hosting;

/// <summary>The environment that all programs inherit from the tests.</summary>
internal static class ProgramEnvironment
{
    /// <summary>Profiling for tiered compilation does not pay off in a program that runs for seconds.</summary>
    [ModuleInitializer]
    internal static void TurnProfilingOff() => Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
}
