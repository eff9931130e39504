using System.Text;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges;

/// <summary>Keeps what an exchange's messages say of products.</summary>
internal sealed class Heard : IExchangeEvents
{
    public List<(string Product, Trade Trade)> Trades { get; } = [];

    public List<(string Product, TopOfBook Top)> Tops { get; } = [];

    public List<(string Product, DayFigures Day)> Days { get; } = [];

    public int Count => Trades.Count + Tops.Count + Days.Count;

    /// <summary>What a message says, and what kind it is.</summary>
    public static (ExchangeMessage Message, Heard Heard) Of(IExchange exchange, string message)
    {
        var heard = new Heard();
        return (exchange.Read(Encoding.UTF8.GetBytes(message), heard), heard);
    }

    /// <summary>What a message with data says.</summary>
    public static Heard In(IExchange exchange, string message)
    {
        var (read, heard) = Of(exchange, message);
        Assert.Equal(ExchangeMessageKind.Data, read.Kind);
        return heard;
    }

    void IExchangeEvents.OnTrade(ReadOnlySpan<byte> product, in Trade trade) => Trades.Add((Encoding.UTF8.GetString(product), trade));

    void IExchangeEvents.OnTopOfBook(ReadOnlySpan<byte> product, in TopOfBook top) => Tops.Add((Encoding.UTF8.GetString(product), top));

    void IExchangeEvents.OnDayFigures(ReadOnlySpan<byte> product, in DayFigures day) => Days.Add((Encoding.UTF8.GetString(product), day));
}
