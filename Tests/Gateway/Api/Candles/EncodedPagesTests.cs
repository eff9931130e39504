using OrleansTicker.Gateway.Api.Candles;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Gateway.Api.Candles;

public sealed class EncodedPagesTests : IDisposable
{
    private const string Symbol = "BTC-USD";

    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddDays(20_000);

    private readonly EncodedPages _pages = new();

    public void Dispose() => _pages.Dispose();

    [Fact]
    public void A_page_that_says_the_same_is_encoded_once()
    {
        var first = _pages.Encode(Symbol, CandleInterval.Minute, PageOf(3), "next");
        var second = _pages.Encode(Symbol, CandleInterval.Minute, PageOf(3) with { At = new CandlePosition(1, 9) }, "next");

        Assert.Same(first, second);
    }

    [Fact]
    public void Whatever_changes_what_a_page_says_has_it_encoded_anew()
    {
        var page = PageOf(3);
        var tags = new[]
        {
            _pages.Encode(Symbol, CandleInterval.Minute, page, null),
            _pages.Encode("ETH-USD", CandleInterval.Minute, page, null),
            _pages.Encode(Symbol, CandleInterval.Hour, page, null),
            _pages.Encode(Symbol, CandleInterval.Minute, page, "next"),
            _pages.Encode(Symbol, CandleInterval.Minute, page with { Candles = page.Candles.SetItem(1, page.Candles[1] with { Close = 101 }) }, null),
            _pages.Encode(Symbol, CandleInterval.Minute, page with { Candles = page.Candles.RemoveAt(2) }, null),
            _pages.Encode(Symbol, CandleInterval.Minute, page with { FinalBefore = Start.AddMinutes(3) }, null),
            _pages.Encode(Symbol, CandleInterval.Minute, page with { Gaps = [new TimeRange(Start, Start.AddMinutes(1))] }, null),
        }.Select(body => body.Tag).ToList();

        Assert.Distinct(tags);
    }

    [Fact]
    public void More_than_there_is_room_for_is_not_kept()
    {
        const int PageBytes = 400_000; // 5,000 candles of 80 bytes at least.
        const int Count = 2 * EncodedPages.MaxBytes / PageBytes;
        var page = PageOf(CandleQuery.MaxLimit);
        var bodies = Enumerable.Range(0, Count).Select(number => _pages.Encode($"S{number}-USD", CandleInterval.Minute, page, null)).ToList();

        var kept = Enumerable.Range(0, Count).Count(number => bodies[number] == _pages.Encode($"S{number}-USD", CandleInterval.Minute, page, null));

        Assert.InRange(kept, 0, Count / 2);
    }

    /// <summary>The last of the candles is running.</summary>
    private static CandlePage PageOf(int count) => new(
        new CandlePosition(1, 1),
        Start.AddMinutes(count - 1),
        [.. Enumerable.Range(0, count).Select(minute => new Candle
        {
            OpenTime = Start.AddMinutes(minute),
            Open = 100,
            High = 103,
            Low = 99,
            Close = 102,
            FirstAt = Start.AddMinutes(minute),
            LastAt = Start.AddMinutes(minute).AddSeconds(59),
        })],
        HasMore: false,
        []);
}
