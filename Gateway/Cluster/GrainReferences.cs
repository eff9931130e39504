using Orleans.Runtime;

namespace OrleansTicker.Gateway.Cluster;

/// <summary>
/// Makes references to the grains of one interface. <see cref="IGrainFactory"/> finds out for each reference anew, by reflection, which
/// grains have the interface; that is a twentieth of what a new connection costs (docs/performance.md). Here it is asked once.
/// </summary>
/// <typeparam name="T">The interface. One class of grains has it.</typeparam>
/// <param name="grains">Makes references.</param>
internal sealed class GrainReferences<T>(IGrainFactory grains) where T : class, IGrainWithStringKey
{
    private GrainReference? _example;

    /// <summary>A reference to the grain with a key.</summary>
    public T Get(string key)
    {
        if (Volatile.Read(ref _example) is { } example)
        {
            return (T)grains.GetGrain(GrainId.Create(example.GrainId.Type, key), example.InterfaceType);
        }

        var first = grains.GetGrain<T>(key);
        Volatile.Write(ref _example, first as GrainReference);
        return first;
    }
}
