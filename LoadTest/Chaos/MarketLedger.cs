using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// Compares markets: at one (epoch, seq) all clients of all gateways must have the same, whether they came there by changes, over
/// a resume or by a snapshot. It knows some minutes of ticks. For any number of threads.
/// </summary>
internal sealed class MarketLedger
{
    private const int Ticks = 1 << 15;

    private readonly (Cursor At, ulong Hash)[] _entries = new (Cursor, ulong)[Ticks];
    private readonly Lock _writing = new();

    public Agreement Enter(Cursor at, ulong hash)
    {
        lock (_writing)
        {
            ref var entry = ref _entries[(at.Seq + (at.Epoch * 7919)) & (Ticks - 1)];
            if (entry.At == at)
            {
                return entry.Hash == hash ? Agreement.Same : Agreement.Different;
            }

            entry = (at, hash);
            return Agreement.First;
        }
    }
}
