namespace OrleansTicker.LoadTest.Attack;

/// <summary>What a gateway holds, from its own metrics.</summary>
/// <param name="Sessions">Open sessions.</param>
/// <param name="Connections">TCP connections.</param>
/// <param name="Grains">Active grains in its process.</param>
/// <param name="ResidentMegabytes">The memory of its process.</param>
/// <param name="HeapMegabytes">The managed heap after the last collection.</param>
/// <param name="CpuSeconds">The processor time since its start.</param>
internal sealed record GatewayFigures(int Sessions, int Connections, int Grains, double ResidentMegabytes, double HeapMegabytes, double CpuSeconds);
