using OrleansTicker.Gateway.Api.Candles;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Gateway.Api.Candles;

public sealed class CandleCursorTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CandleRange Open = new("BTC-USD", CandleInterval.Minute, null, null);

    [Fact]
    public void A_cursor_continues_where_the_page_before_ended_whether_or_not_the_client_repeats_the_range()
    {
        var range = Open with { From = Noon, To = Noon.AddHours(2) };
        var text = new CandleCursor(range, Noon.AddHours(1)).Write();

        Assert.Equal(range with { From = Noon.AddHours(1) }, CandleCursor.Read(text, Open)!.Rest);
        Assert.Equal(range with { From = Noon.AddHours(1) }, CandleCursor.Read(text, range)!.Rest);
    }

    [Fact]
    public void Without_a_beginning_it_continues_with_earlier_candles()
    {
        var text = new CandleCursor(Open, Noon).Write();

        Assert.Equal(Open with { To = Noon }, CandleCursor.Read(text, Open)!.Rest);
    }

    [Fact]
    public void It_fits_no_other_request()
    {
        var range = Open with { From = Noon, To = Noon.AddHours(2) };
        var text = new CandleCursor(range, Noon.AddHours(1)).Write();

        Assert.Null(CandleCursor.Read(text, Open with { Symbol = "ETH-USD" }));
        Assert.Null(CandleCursor.Read(text, Open with { Interval = CandleInterval.Hour }));
        Assert.Null(CandleCursor.Read(text, range with { From = Noon.AddMinutes(1) }));
        Assert.Null(CandleCursor.Read(text, range with { To = Noon.AddHours(3) }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_cursor_is_refused(string text) => Assert.Null(CandleCursor.Read(text, Open));

    [Fact]
    public void A_cursor_of_nothing_is_refused()
    {
        var range = Open with { From = Noon, To = Noon.AddHours(2) };

        Assert.Null(CandleCursor.Read(new CandleCursor(range, Noon.AddHours(2)).Write(), Open));
    }

    [Fact]
    public void A_damaged_cursor_leads_nowhere_outside_its_range()
    {
        var range = Open with { From = Noon, To = Noon.AddHours(2) };
        var text = new CandleCursor(range, Noon.AddHours(1)).Write();
        for (var at = 0; at < text.Length; at++)
        {
            foreach (var other in "A_z9")
            {
                if (CandleCursor.Read(text[..at] + other + text[(at + 1)..], Open) is { Rest: var rest } read)
                {
                    Assert.True(rest.From >= read.Range.From && rest.From <= (read.Range.To ?? DateTimeOffset.MaxValue));
                }
            }
        }
    }
}
