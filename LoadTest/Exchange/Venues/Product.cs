using System.Text;
using OrleansTicker.LoadTest.Exchange.Market;

namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>A symbol at one exchange: its figures, and who has subscribed to it. Guarded by the lock of its <see cref="Venue"/>.</summary>
/// <param name="symbol">The symbol.</param>
/// <param name="name">What the exchange's messages call it.</param>
/// <param name="channels">How many channels the exchange has.</param>
internal sealed class Product(TestSymbol symbol, string name, int channels)
{
    private readonly List<ClientConnection>?[] _subscribers = new List<ClientConnection>?[channels];

    public TestSymbol Symbol => symbol;

    public string Name => name;

    /// <summary>The name in UTF-8.</summary>
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>Whether the exchange has it now.</summary>
    public bool IsListed { get; set; } = true;

    public decimal? Bid { get; private set; }

    public decimal? BidSize { get; private set; }

    public decimal? Ask { get; private set; }

    public decimal? AskSize { get; private set; }

    public decimal? Last { get; private set; }

    public decimal? LastSize { get; private set; }

    /// <summary>Whether the last trade hit the bid: its taker sold.</summary>
    public bool IsSale { get; private set; }

    /// <summary>The price 24 hours ago.</summary>
    public decimal? Open { get; set; }

    public decimal? High { get; set; }

    public decimal? Low { get; set; }

    /// <summary>The volume of 24 hours in the base currency.</summary>
    public decimal Volume { get; set; }

    /// <summary>The same in the quote currency.</summary>
    public decimal Turnover { get; private set; }

    /// <summary>The number of the last trade; it increases with each one.</summary>
    public long TradeId { get; private set; }

    /// <summary>The number of the last change; it increases with each one.</summary>
    public long Sequence { get; private set; }

    /// <summary>When its summary was last sent, on the venue's clock. Only for exchanges that limit how often they do.</summary>
    public TimeSpan? SummarizedAt { get; set; }

    /// <summary>Whether it has changed since its summary was last sent.</summary>
    public bool IsChanged { get; set; }

    /// <summary>The subscribers of a channel.</summary>
    public IReadOnlyList<ClientConnection> SubscribersOf(int channel) => _subscribers[channel] ?? [];

    public void Trade(decimal price, decimal size, bool isSale)
    {
        (Last, LastSize, IsSale) = (price, size, isSale);
        Open ??= price;
        High = Math.Max(High ?? price, price);
        Low = Math.Min(Low ?? price, price);
        Volume += size;
        Turnover += Math.Round(price * size, 8);
        TradeId++;
        Sequence++;
    }

    public void Book(decimal? bid, decimal? bidSize, decimal? ask, decimal? askSize)
    {
        (Bid, BidSize, Ask, AskSize) = (bid, bidSize, ask, askSize);
        Sequence++;
    }

    /// <returns>Whether the client had not subscribed already.</returns>
    public bool Add(int channel, ClientConnection client)
    {
        var subscribers = _subscribers[channel] ??= [];
        if (subscribers.Contains(client))
        {
            return false;
        }

        subscribers.Add(client);
        return true;
    }

    /// <returns>Whether the client had subscribed.</returns>
    public bool Remove(int channel, ClientConnection client) => _subscribers[channel]?.Remove(client) == true;
}
