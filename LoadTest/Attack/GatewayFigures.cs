namespace OrleansTicker.LoadTest.Attack;

/// <summary>What a gateway holds at a time, as it says itself.</summary>
/// <param name="Sessions">Open sessions.</param>
/// <param name="Connections">TCP connections.</param>
/// <param name="Grains">Grains that are active in its process.</param>
/// <param name="ResidentMegabytes">Its process's memory.</param>
/// <param name="HeapMegabytes">The managed heap after the last collection.</param>
/// <param name="CpuSeconds">The processor time that it has taken since the start.</param>
internal sealed record GatewayFigures(int Sessions, int Connections, int Grains, double ResidentMegabytes, double HeapMegabytes, double CpuSeconds);
