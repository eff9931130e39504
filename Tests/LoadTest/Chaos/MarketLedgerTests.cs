using OrleansTicker.LoadTest.Chaos;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.Tests.LoadTest.Chaos;

public sealed class MarketLedgerTests
{
    private static readonly Cursor At = new(1, 5);

    private readonly MarketLedger _ledger = new();
    private readonly LedgerReader _first = new();
    private readonly LedgerReader _second = new();
    private readonly LedgerReader _third = new();

    [Fact]
    public void A_reader_that_is_always_first_agrees_as_often_as_others_have_its_market()
    {
        for (var seq = 1; seq <= 10; seq++)
        {
            _ledger.Enter(new Cursor(1, seq), 7, _first);
            _ledger.Enter(new Cursor(1, seq), 7, _second);
            _ledger.Enter(new Cursor(1, seq), 7, _third);
        }

        Assert.Equal((10, 10, 10), (_first.Agreed, _second.Agreed, _third.Agreed));
    }

    [Fact]
    public void Nobody_agrees_with_itself_or_with_another_market()
    {
        _ledger.Enter(At, 7, _first);
        Assert.Equal(Agreement.Same, _ledger.Enter(At, 7, _first));
        Assert.Equal(Agreement.Different, _ledger.Enter(At, 8, _second));
        Assert.Equal((0, 0), (_first.Agreed, _second.Agreed));
    }
}
