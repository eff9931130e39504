using System.Text;
using OrleansTicker.Grains.Prices.Consolidation;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Exchanges.Catalog;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges;

/// <summary>What holds for every exchange.</summary>
public sealed class ExchangeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Names => [.. ExchangeCatalog.All.Select(exchange => exchange.Name)];

    [Fact]
    public void All_exchanges_are_known_by_name()
    {
        Assert.All(ExchangeCatalog.All, exchange => Assert.Same(exchange, ExchangeCatalog.Find(exchange.Name.ToLowerInvariant())));
        Assert.Equal(ExchangeCatalog.All.Count, ExchangeCatalog.All.Select(exchange => exchange.GetType()).Distinct().Count());
        Assert.Null(ExchangeCatalog.Find("Nowhere"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reading_a_message_allocates_nothing(string name)
    {
        var exchange = ExchangeCatalog.Find(name)!;
        var book = new ExchangeBook(exchange, exchange.ToSymbol);
        var messages = SampleMessages.Of(name).Select(Encoding.UTF8.GetBytes).ToList();
        Assert.All(messages, message => Assert.Equal(ExchangeMessageKind.Data, book.Read(message, TimeSpan.Zero, Noon).Kind));

        Allocations.AtMost(0, () =>
        {
            foreach (var message in messages)
            {
                book.Read(message, TimeSpan.Zero, Noon);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_says_the_same_with_a_byte_order_mark_and_with_white_space(string name)
    {
        var exchange = ExchangeCatalog.Find(name)!;
        foreach (var message in SampleMessages.Of(name))
        {
            var heard = Heard.In(exchange, message);
            var marked = Heard.In(exchange, $"\uFEFF {message.Replace(":", " : ", StringComparison.Ordinal).Replace(" : 0", ":0", StringComparison.Ordinal)} \n");

            Assert.Equal(heard.Count, marked.Count);
            Assert.Equal(heard.Trades.Select(trade => trade.Trade.Price), marked.Trades.Select(trade => trade.Trade.Price));
            Assert.Equal(heard.Tops.Select(top => top.Top with { Time = null }), marked.Tops.Select(top => top.Top with { Time = null }));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_that_breaks_off_anywhere_or_goes_on_is_unreadable_and_says_nothing(string name)
    {
        var exchange = ExchangeCatalog.Find(name)!;
        foreach (var message in SampleMessages.Of(name))
        {
            foreach (var broken in Enumerable.Range(0, message.Length).Select(length => message[..length]).Append(message + "{}").Append(message + "]"))
            {
                var (read, heard) = Heard.Of(exchange, broken);
                Assert.Equal(ExchangeMessageKind.Unreadable, read.Kind);
                Assert.Equal(0, heard.Count);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_no_message_is_unreadable(string name)
    {
        string[] texts =
        [
            "", " ", "no json", "null", "7", "[]", "[{}]", "{}", "{\"a\":1} {}",
            "{\"a\":\"\\ud800\"}", "{\"a\":\"\\u00zz\"}", new string('[', 1000), "{\"type\":\"\\ud800\",\"event\":\"\\ud800\",\"e\":\"\\ud800\",\"channel\":\"\\ud800\"}",
        ];
        var exchange = ExchangeCatalog.Find(name)!;

        Assert.All(texts, text => Assert.Equal(ExchangeMessageKind.Unreadable, Heard.Of(exchange, text).Message.Kind));
        Assert.Equal(ExchangeMessageKind.Unreadable, exchange.Read([.. "{\"type\":\"ti"u8, 0xC3, 0x28, .. "\",\"event\":\"x\",\"e\":\"x\",\"method\":\"x\"}"u8], new Heard()).Kind);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_no_list_of_products_is_told(string name)
    {
        string[] texts =
        [
            "", "<html>", "null", "7", "{}", "[7]", "{\"result\":7}", "{\"symbols\":[{}]}", "{\"data\":[{\"instType\":7}]}",
            "[{\"name\":null,\"trading\":\"Enabled\"}]", "[{\"status\":\"online\",\"base_currency\":null}]", "{\"result\":{\"X\":{\"status\":\"online\",\"wsname\":null}}}",
        ];
        var exchange = ExchangeCatalog.Find(name)!;

        Assert.All(texts, text => Assert.Throws<FormatException>(() => exchange.ReadProducts(Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void A_list_of_more_values_than_any_exchange_has_products_is_refused_before_it_takes_the_memory()
    {
        var json = Encoding.UTF8.GetBytes($"[{string.Concat(Enumerable.Repeat("[],", 4_000_000))}[]]");

        // It is not even looked at, and so not refused for what it holds.
        var refusal = Assert.Throws<FormatException>(() => ExchangeCatalog.All[0].ReadProducts(json));
        Assert.Null(refusal.InnerException);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_symbol_becomes_a_product_and_the_symbol_again(string name)
    {
        var exchange = ExchangeCatalog.Find(name)!;

        Assert.All(["BTC-USD", "ETH-USDT", "SOL-EUR", "ETH-BTC"], symbol => Assert.Equal(symbol, exchange.ToSymbol(exchange.ToProduct(symbol))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_of_the_client_is_JSON_whatever_a_product_is_called(string name)
    {
        var messages = ExchangeCatalog.Find(name)!.Subscribe(["a\"b\\c"]);

        Assert.NotEmpty(messages);
        Assert.All(messages, message => System.Text.Json.JsonDocument.Parse(message).Dispose());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_exchange_may_be_silent_for_longer_than_its_signs_of_life_are_apart(string name)
    {
        var rules = ExchangeCatalog.Find(name)!.Rules;

        Assert.True(rules.SilenceTimeout > rules.KeepAliveInterval * 2);
        Assert.True(new ConsolidationOptions().MaxSilence > rules.KeepAliveInterval * 2, "A quiet market would count as a dead exchange.");
        Assert.Equal(rules.KeepAlive is null, rules.KeepAliveInterval == TimeSpan.Zero);
    }
}
