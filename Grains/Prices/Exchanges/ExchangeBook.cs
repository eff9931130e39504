using System.Text;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>
/// What one exchange has said of its products, from the connections that receive to the reader that collects. Conflates: only the newest
/// is kept, but for trades, which are counted, in all and by the second. Thread-safe; a call waits only while another one copies.
/// </summary>
/// <param name="exchange">The exchange.</param>
/// <param name="toSymbol">Gives the symbol of a product; null for a product that is not wanted. Called once for each product.</param>
internal sealed class ExchangeBook(IExchange exchange, Func<string, string?> toSymbol) : IExchangeEvents
{
    /// <summary>How many products that are not wanted are remembered as such, so that garbage cannot fill the memory.</summary>
    private const int MaxUnwanted = 10_000;

    /// <summary>The longest name of a product that is looked at, in bytes: a character has at most four.</summary>
    private const int MaxProductBytes = 4 * SettingChecks.MaxSymbolLength;

    private readonly Lock _lock = new();
    private readonly Dictionary<byte[], SymbolBook?> _products = new(Utf8Comparer.Instance);
    private readonly Dictionary<string, SymbolBook> _symbols = new(StringComparer.Ordinal);
    private readonly List<SymbolBook> _books = [];
    private readonly List<SymbolBook> _changed = [];
    private int _unwanted;
    private TimeSpan _now;
    private DateTimeOffset _receivedAt;

    /// <summary>How many symbols have a price.</summary>
    public int Priced
    {
        get
        {
            lock (_lock)
            {
                return _books.Count(book => book.HasPrice);
            }
        }
    }

    /// <summary>Reads a message of the exchange into the book. Never throws.</summary>
    /// <param name="message">The message.</param>
    /// <param name="now">When it was received, on a monotonic clock.</param>
    /// <param name="receivedAt">The same as a date, for what the exchange gives no time for.</param>
    public ExchangeMessage Read(ReadOnlySpan<byte> message, TimeSpan now, DateTimeOffset receivedAt)
    {
        lock (_lock)
        {
            (_now, _receivedAt) = (now, receivedAt);
            return exchange.Read(message, this);
        }
    }

    /// <summary>Whether the exchange has spoken of a product since its connection was last lost.</summary>
    public bool IsFlowing(string product)
    {
        lock (_lock)
        {
            return _products.GetValueOrDefault(Encoding.UTF8.GetBytes(product)) is { IsAway: false };
        }
    }

    /// <summary>Marks the products whose connection was lost, until the exchange speaks of them again.</summary>
    public void Lose(IEnumerable<string> products)
    {
        lock (_lock)
        {
            foreach (var product in products)
            {
                if (_products.GetValueOrDefault(Encoding.UTF8.GetBytes(product)) is { IsAway: false } book)
                {
                    Note(book);
                    book.Lose();
                }
            }
        }
    }

    /// <summary>Adds the quotes that have changed since the last call, with the seconds in which trades have become known.</summary>
    public void Collect(TimeSpan now, List<ExchangeQuote> quotes)
    {
        lock (_lock)
        {
            Copy(_changed, now, isWhole: false, quotes);
            _changed.Clear();
        }
    }

    /// <summary>Adds every quote, with all trades of the last seconds.</summary>
    public void CollectAll(TimeSpan now, List<ExchangeQuote> quotes)
    {
        lock (_lock)
        {
            Copy(_books, now, isWhole: true, quotes);
            _changed.Clear();
        }
    }

    void IExchangeEvents.OnTrade(ReadOnlySpan<byte> product, in Trade trade)
    {
        if (Find(product) is { } book)
        {
            Note(book);
            book.Apply(trade, _now, _receivedAt);
        }
    }

    void IExchangeEvents.OnTopOfBook(ReadOnlySpan<byte> product, in TopOfBook top)
    {
        if (Find(product) is { } book)
        {
            Note(book);
            book.Apply(top, _now, _receivedAt);
        }
    }

    void IExchangeEvents.OnDayFigures(ReadOnlySpan<byte> product, in DayFigures day)
    {
        if (Find(product) is { } book)
        {
            Note(book);
            book.Apply(day, _now, _receivedAt);
        }
    }

    private static void Copy(List<SymbolBook> books, TimeSpan now, bool isWhole, List<ExchangeQuote> quotes)
    {
        foreach (var book in books)
        {
            book.IsChanged = false;
            quotes.Add(book.ToQuote(now, isWhole));
        }
    }

    private void Note(SymbolBook book)
    {
        if (!book.IsChanged)
        {
            _changed.Add(book);
        }
    }

    private SymbolBook? Find(ReadOnlySpan<byte> product) =>
        _products.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(product, out var book) ? book : Add(product);

    private SymbolBook? Add(ReadOnlySpan<byte> product)
    {
        var name = product.Length <= MaxProductBytes ? Encoding.UTF8.GetString(product) : null;
        if (!SettingChecks.IsSymbol(name) || toSymbol(name!) is not { } symbol)
        {
            if (_unwanted < MaxUnwanted && product.Length <= MaxProductBytes)
            {
                _unwanted++;
                _products.Add(product.ToArray(), null);
            }

            return null;
        }

        if (!_symbols.TryGetValue(symbol, out var book))
        {
            _symbols.Add(symbol, book = new SymbolBook(symbol));
            _books.Add(book);
        }

        // A product that the exchange has renamed remains the same symbol.
        _products.Add(product.ToArray(), book);
        return book;
    }
}
