using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges;

/// <summary>An exchange whose messages are names of products, of which it says what it is told to say.</summary>
internal sealed class ToldExchange : IExchange
{
    public Trade? Trade { get; set; }

    public TopOfBook? Top { get; set; }

    public DayFigures? Day { get; set; }

    public string Name => "Told";

    public Uri FeedUrl => throw new NotSupportedException();

    public Uri ProductsUrl => throw new NotSupportedException();

    public string QuoteCurrency => throw new NotSupportedException();

    public ExchangeRules Rules => throw new NotSupportedException();

    public string ToProduct(string symbol) => throw new NotSupportedException();

    public string? ToSymbol(string product) => throw new NotSupportedException();

    public IReadOnlyList<ListedProduct> ReadProducts(ReadOnlyMemory<byte> json) => throw new NotSupportedException();

    public IReadOnlyList<byte[]> Subscribe(IReadOnlyList<string> products) => throw new NotSupportedException();

    public ExchangeMessage Read(ReadOnlySpan<byte> message, IExchangeEvents events)
    {
        if (Trade is { } trade)
        {
            events.OnTrade(message, trade);
        }

        if (Top is { } top)
        {
            events.OnTopOfBook(message, top);
        }

        if (Day is { } day)
        {
            events.OnDayFigures(message, day);
        }

        return new ExchangeMessage(ExchangeMessageKind.Data);
    }
}
