using OrleansTicker.LoadTest.Chaos;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.Tests.LoadTest.Chaos;

public sealed class TickerPausesTests
{
    private readonly TickerPauses _pauses = new();

    [Fact]
    public void Ticks_that_were_conflated_are_no_pause()
    {
        Take(seq: 1, milliseconds: 0);
        Take(seq: 51, milliseconds: 500);

        Assert.Equal(TimeSpan.FromMilliseconds(10), _pauses.Longest);
    }

    [Fact]
    public void What_its_ticks_do_not_explain_is_a_pause_of_the_ticker()
    {
        Take(seq: 1, milliseconds: 0);
        Take(seq: 2, milliseconds: 300);
        Take(seq: 3, milliseconds: 310);
        Assert.Equal(TimeSpan.FromMilliseconds(300), _pauses.Longest);

        _pauses.Reset();
        Take(seq: 4, milliseconds: 320);
        Take(seq: 4, milliseconds: 900); // Another gateway's snapshot of the same tick.
        Assert.Equal(TimeSpan.FromMilliseconds(10), _pauses.Longest);
    }

    [Fact]
    public void From_one_ticker_to_the_next_all_time_is_a_pause()
    {
        Take(seq: 1000, milliseconds: 0);
        Take(seq: 1, milliseconds: 700, epoch: 2);

        Assert.Equal(TimeSpan.FromMilliseconds(700), _pauses.Longest);
    }

    private void Take(long seq, int milliseconds, long epoch = 1) => _pauses.Take(new Cursor(epoch, seq), 1_700_000_000_000_000 + (milliseconds * 1000L));
}
