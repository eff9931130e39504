using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Exchanges.Catalog;
using OrleansTicker.Tests.Grains.Prices.Exchanges;

namespace OrleansTicker.Tests.Fuzzing;

/// <summary>What any of the exchanges may say.</summary>
public sealed class ExchangeFuzzing
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [MemberData(nameof(ExchangeTests.Names), MemberType = typeof(ExchangeTests))]
    public Task A_message_of_an_exchange_may_be_anything(string name)
    {
        var exchange = ExchangeCatalog.Find(name)!;
        return Fuzz.BytesAsync($"messages of {name}", 100_000, SampleMessages.Of(name), message =>
        {
            var heard = new Heard();
            var kind = exchange.Read(message, heard).Kind;
            Assert.Equal(kind == ExchangeMessageKind.Data, heard.Count > 0);
            Assert.All(heard.Trades, trade => Assert.True(trade.Trade is { Price: > 0, Size: null or > 0, Count: > 0 }));
            Assert.All(heard.Tops, top => Assert.True(top.Top is { Bid: null or > 0, Ask: null or > 0, BidSize: null or > 0, AskSize: null or > 0 }));
            new ExchangeBook(exchange, product => product).Read(message, TimeSpan.Zero, Noon);
        });
    }
}
