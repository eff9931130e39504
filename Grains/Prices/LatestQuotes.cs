using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices;

/// <summary>
/// The newest quote of each symbol, passed from the feed that offers it to the ticker that collects it. Thread-safe; a call waits only while
/// another one copies.
/// </summary>
internal sealed class LatestQuotes(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly List<Entry> _offered = [];
    private long _offeredAt = time.GetTimestamp();

    /// <summary>The time since the last quote was offered, or since creation.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref _offeredAt));

    /// <summary>
    /// Replaces the quote of a symbol. Quotes are ordered by the calls, not by their times: a wrong clock must not keep a price out.
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

    /// <summary>Adds the quotes whose price has changed since the last call. A price that changed back is not a change.</summary>
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
