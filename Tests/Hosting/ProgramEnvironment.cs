using System.Runtime.CompilerServices;

namespace OrleansTicker.Tests.Hosting;

/// <summary>What every program that the tests start inherits.</summary>
internal static class ProgramEnvironment
{
    /// <summary>A program that lives for seconds never gets back what measuring its own methods costs it.</summary>
    [ModuleInitializer]
    internal static void TurnProfilingOff() => Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
}
