using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// Compares markets: at one (epoch, seq) all clients of all gateways must have the same, whether they came there by changes, over
/// a resume or by a snapshot. It knows some minutes of ticks. For any number of threads.
/// </summary>
internal sealed class MarketLedger
{
    private const int Ticks = 1 << 15;

    private readonly Entry[] _entries = new Entry[Ticks];
    private readonly Lock _writing = new();

    /// <summary>Enters a market. Where it is the same as another's, both readers count that: the one that came first is not left out.</summary>
    /// <param name="at">Up to where the reader knows the market.</param>
    /// <param name="hash">Of the market.</param>
    /// <param name="reader">Whose it is.</param>
    public Agreement Enter(Cursor at, ulong hash, LedgerReader reader)
    {
        lock (_writing)
        {
            ref var entry = ref _entries[(at.Seq + (at.Epoch * 7919)) & (Ticks - 1)];
            if (entry.At != at)
            {
                entry = new Entry(at, hash, reader);
                return Agreement.First;
            }

            if (entry.Hash != hash)
            {
                return Agreement.Different;
            }

            if (entry.First != reader)
            {
                reader.Agree();
                entry.First?.Agree();
                entry = entry with { First = null };
            }

            return Agreement.Same;
        }
    }

    /// <param name="At">Up to where the market is known.</param>
    /// <param name="Hash">Of the market.</param>
    /// <param name="First">Who entered it, as long as nobody else has.</param>
    private readonly record struct Entry(Cursor At, ulong Hash, LedgerReader? First);
}
