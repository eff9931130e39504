using System.Runtime.CompilerServices;

namespace OrleansTicker.Tests.Hosting;

/// <summary>The environment of the tests, which all programs inherit that they start.</summary>
internal static class ProgramEnvironment
{
    /// <summary>No silo of a test leaves a history behind, and none finds another's, unless the test says where it is.</summary>
    [ModuleInitializer]
    internal static void TurnHistoryOff() => Environment.SetEnvironmentVariable("History__Provider", "None");

    /// <summary>Profiling for tiered compilation does not pay off in a program that runs for seconds.</summary>
    [ModuleInitializer]
    internal static void TurnProfilingOff() => Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
}
