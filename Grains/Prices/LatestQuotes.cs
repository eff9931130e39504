using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices;

/// <summary>
/// The newest quote of each symbol, between the feed that offers and the ticker that collects. Any thread may call; no call
/// waits for longer than another one copies.
/// </summary>
internal sealed class LatestQuotes(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly List<Entry> _offered = [];
    private long _offeredAt = time.GetTimestamp();

    /// <summary>How long ago the last quote was taken, or this was made.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref _offeredAt));

    /// <summary>
    /// Takes a quote in the place of the one held. The order is that of the calls: times of quotes are for people, and clocks
    /// that are wrong must not keep a price out.
    /// </summary>
    public void Offer(Quote quote)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(quote.Symbol, out var entry))
            {
                entry.Newest = quote;
            }
            else
            {
                _entries.Add(quote.Symbol, entry = new Entry(quote));
            }

            Interlocked.Exchange(ref _offeredAt, time.GetTimestamp());
            if (!entry.IsOffered)
            {
                entry.IsOffered = true;
                _offered.Add(entry);
            }
        }
    }

    /// <summary>Adds the quotes whose price is another than at the last call. A price that went and came back is no change.</summary>
    public void Collect(List<Quote> changes)
    {
        lock (_lock)
        {
            foreach (var entry in _offered)
            {
                entry.IsOffered = false;
                if (entry.Newest.Price != entry.Collected)
                {
                    entry.Collected = entry.Newest.Price;
                    changes.Add(entry.Newest);
                }
            }

            _offered.Clear();
        }
    }

    private sealed class Entry(Quote newest)
    {
        public Quote Newest { get; set; } = newest;

        public decimal? Collected { get; set; }

        public bool IsOffered { get; set; }
    }
}
