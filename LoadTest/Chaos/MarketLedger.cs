using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// Compares markets: at the same (epoch, seq), all clients of all gateways must have the same market, whether through changes, a resume or
/// a snapshot. Remembers several minutes of ticks. Thread-safe.
/// </summary>
internal sealed class MarketLedger
{
    private const int Ticks = 1 << 15;

    private readonly Entry[] _entries = new Entry[Ticks];
    private readonly Lock _writing = new();

    /// <summary>Enters a market. If it is the same as another client's, both clients count that, including the first.</summary>
    /// <param name="at">The (epoch, seq) of the market.</param>
    /// <param name="hash">The hash of the market.</param>
    /// <param name="reader">The client.</param>
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

    /// <param name="At">The (epoch, seq) of the market.</param>
    /// <param name="Hash">The hash of the market.</param>
    /// <param name="First">The client that entered it, until a second one does.</param>
    private readonly record struct Entry(Cursor At, ulong Hash, LedgerReader? First);
}
