using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>
/// Makes one price for each symbol of what several exchanges say, and passes on what each of them says. It has no clock: times are of a
/// monotonic clock of the caller's. For one thread at a time. Never throws, whatever exchanges say.
/// </summary>
/// <param name="options">The limits and the conversions.</param>
/// <param name="countsFromZero">
/// Whether trades that the first life of a feed had counted before it was first seen are counted too. Otherwise only later lives count from
/// zero.
/// </param>
internal sealed class Consolidator(ConsolidationOptions options, bool countsFromZero = false)
{
    private readonly Dictionary<string, TimeSpan> _heard = new(StringComparer.Ordinal);

    /// <summary>How often the set of live exchanges has changed; compared by those who tell.</summary>
    public int LivenessChanges { get; private set; }

    /// <summary>Notes a sign of life of an exchange. One that was never heard of is not live.</summary>
    /// <param name="exchange">The exchange, as its settings name it.</param>
    /// <param name="at">When it last showed one. Older ones than the last change nothing.</param>
    public void Hear(string exchange, TimeSpan at) => _heard[exchange] = at;

    /// <summary>Notes that an exchange's feed is lost: it is not live until it shows a sign of life later than that.</summary>
    /// <param name="exchange">The exchange, as its settings name it.</param>
    /// <param name="at">When it was lost.</param>
    public void Lose(string exchange, TimeSpan at) => _heard.Remove(exchange);

    /// <summary>Takes what an exchange says of a symbol.</summary>
    /// <param name="exchange">The exchange, as its settings name it.</param>
    /// <param name="feed">The life of its feed, from whose beginning trades are counted.</param>
    /// <param name="quote">The quote.</param>
    /// <param name="now">The time at which the quote is as old as it says.</param>
    public void Update(string exchange, Guid feed, ExchangeQuote quote, TimeSpan now) => _ = (_heard, exchange, feed, quote, now);

    /// <summary>Adds the quotes that changed since the last call: of each symbol its own, and those of its exchanges.</summary>
    public void Collect(TimeSpan now, List<Quote> changes) => _ = (now, changes, options, countsFromZero, LivenessChanges++);

    /// <summary>Whether an exchange was live at the last <see cref="Collect"/>.</summary>
    public bool IsLive(string exchange) => _heard.ContainsKey(exchange);

    /// <summary>
    /// Adds the symbols in whose price an exchange did not count at the last <see cref="Collect"/>, though it quotes them. None if it is not
    /// live: it then counts nowhere.
    /// </summary>
    public void AddExcluded(string exchange, List<ExcludedSymbol> excluded) => _ = (_heard, exchange, excluded);
}
