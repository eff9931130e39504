using OrleansTicker.LoadTest.Chaos;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.Tests.LoadTest.Chaos;

public sealed class MarketModelTests
{
    private readonly MarketModel _market = new();
    private readonly MarketLedger _ledger = new();

    [Fact]
    public void Changes_over_a_snapshot_are_the_same_market_as_a_later_snapshot()
    {
        Assert.Null(_market.Apply(Message(1, 5, 0, ("A", 1), ("B", 2))));
        Assert.Null(_market.Apply(Message(1, 6, 5, ("B", 3))));
        Assert.Null(_market.Apply(Message(1, 9, 6, ("A", 4), ("C", 5))));
        Assert.Equal(Agreement.First, _ledger.Enter(_market.Cursor, _market.Hash, new LedgerReader()));

        var fresh = new MarketModel();
        fresh.Apply(Message(1, 9, 0, ("C", 5), ("B", 3), ("A", 4)));
        Assert.Equal(Agreement.Same, _ledger.Enter(fresh.Cursor, fresh.Hash, new LedgerReader()));
    }

    [Fact]
    public void A_market_that_missed_a_change_differs_from_the_others()
    {
        _market.Apply(Message(1, 5, 0, ("A", 1), ("B", 2)));
        var other = new MarketModel();
        other.Apply(Message(1, 5, 0, ("A", 1), ("B", 3)));
        _ledger.Enter(_market.Cursor, _market.Hash, new LedgerReader());
        Assert.Equal(Agreement.Different, _ledger.Enter(other.Cursor, other.Hash, new LedgerReader()));
    }

    [Fact]
    public void A_price_that_only_some_are_told_is_stale_is_another_market()
    {
        ReceivedQuote[] quotes = [.. Parse("", ""","stale":true""", ""","time_us":1,"bid":0.5,"new":[{"a":1}]""")];

        Assert.Equal([false, true, false], quotes.Select(quote => quote.IsStale));
        Assert.NotEqual(quotes[0].Hash, quotes[1].Hash);
        Assert.Equal(quotes[0].Hash, quotes[2].Hash);

        static IEnumerable<ReceivedQuote> Parse(params string[] more) => more.Select(fields => MessageParser.Parse(System.Text.Encoding.UTF8.GetBytes(
            $$"""{"type":"ticker","epoch":1,"seq":1,"prev_seq":0,"data":[{"symbol":"A","price":1,"timestamp":1{{fields}}}]}""")).Quotes[0]);
    }

    [Fact]
    public void A_symbol_that_a_snapshot_lacks_is_gone()
    {
        _market.Apply(Message(1, 5, 0, ("A", 1), ("B", 2)));
        _market.Apply(Message(2, 1, 0, ("A", 1)));
        Assert.Equal(["A"], _market.Quotes.Keys);
    }

    [Theory]
    [InlineData(1, 4, 0, "went back")]
    [InlineData(0, 9, 0, "went back")]
    [InlineData(1, 9, 4, "was sent changes since")]
    [InlineData(1, 9, 6, "was sent changes since")]
    [InlineData(2, 6, 5, "was sent changes since")]
    public void What_does_not_follow_is_named_and_not_applied(long epoch, long seq, long prevSeq, string wrong)
    {
        _market.Apply(Message(1, 5, 0, ("A", 1)));
        Assert.StartsWith(wrong, _market.Apply(Message(epoch, seq, prevSeq, ("A", 2))), StringComparison.Ordinal);
        Assert.Equal((new Cursor(1, 5), 1m), (_market.Cursor, _market.Quotes["A"].Price));
    }

    private static ServerMessage Message(long epoch, long seq, long prevSeq, params (string Symbol, int Price)[] quotes)
    {
        var data = string.Join(',', quotes.Select(quote => $$"""{"symbol":"{{quote.Symbol}}","price":{{quote.Price}},"timestamp":1}"""));
        return MessageParser.Parse(System.Text.Encoding.UTF8.GetBytes($$"""{"type":"ticker","epoch":{{epoch}},"seq":{{seq}},"prev_seq":{{prevSeq}},"data":[{{data}}]}"""));
    }
}
