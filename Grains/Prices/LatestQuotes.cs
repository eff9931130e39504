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
    /// Takes a quote, unless it is older than the one held: a price never goes back in time. Of quotes with the same time the
    /// later one stands, for exchanges stamp all trades of one order alike.
    /// </summary>
    /// <returns>Whether it was taken.</returns>
    public bool Offer(Quote quote)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(quote.Symbol, out var entry))
            {
                _entries.Add(quote.Symbol, entry = new Entry());
            }
            else if (quote.Time < entry.NotBefore)
            {
                return false;
            }

            Interlocked.Exchange(ref _offeredAt, time.GetTimestamp());
            entry.Newest = quote;
            entry.NotBefore = quote.Time;
            if (!entry.IsOffered)
            {
                entry.IsOffered = true;
                _offered.Add(entry);
            }

            return true;
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

    /// <summary>Lets any time follow, for a source that begins again from an earlier one.</summary>
    public void ForgetTimes()
    {
        lock (_lock)
        {
            foreach (var entry in _entries.Values)
            {
                entry.NotBefore = DateTimeOffset.MinValue;
            }
        }
    }

    private sealed class Entry
    {
        public Quote Newest { get; set; }

        public DateTimeOffset NotBefore { get; set; }

        public decimal? Collected { get; set; }

        public bool IsOffered { get; set; }
    }
}
