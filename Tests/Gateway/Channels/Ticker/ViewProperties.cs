using System.Collections.Immutable;
using System.Globalization;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol.Native;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Channels.Ticker;

/// <summary>Whatever the market does, a frame holds what changed after the cursor, of the view's symbols, in the order of the market.</summary>
public sealed class ViewProperties
{
    private const int Steps = 1500;

    private readonly RandomMarket _market;
    private readonly Random _random;

    public ViewProperties()
    {
        const int Seed = 17;
        _market = new RandomMarket(Seed);
        _random = new Random(Seed);
    }

    [Theory]
    [InlineData(DetailLevel.Price)]
    [InlineData(DetailLevel.Full)]
    public void From_any_cursor_a_view_gives_what_changed_since_as_far_as_it_shows_it(DetailLevel detail)
    {
        View[] views = [Of([], detail), Of(["GONE", "S50"], detail), Subset(5, detail), Subset(50, detail), Of([.. RandomMarket.Symbols], detail)];
        for (var step = 0; step < Steps; step++)
        {
            _market.Step();
            foreach (var view in views.Where(_ => _random.Next(5) > 0)) // A view that was not asked for a while has missed ticks.
            {
                foreach (var from in Cursors())
                {
                    Assert.Equal(Expected(view, from, kept: view.Symbols), Text(view.Next(_market.State, _market.State.Symbols, from, out _)));
                }
            }
        }
    }

    [Theory]
    [InlineData(DetailLevel.Price)]
    [InlineData(DetailLevel.Full)]
    public void Who_comes_from_another_view_gets_from_any_cursor_what_changed_since_and_what_is_new(DetailLevel detail)
    {
        View[] views = [Subset(50, detail), Of([.. RandomMarket.Symbols], detail)];
        var kept = Subset(30, detail).Symbols;
        for (var step = 0; step < Steps; step++)
        {
            _market.Step();
            foreach (var view in views)
            {
                foreach (var from in Cursors())
                {
                    Assert.Equal(Expected(view, from, kept), Text(view.NextAfterViewChange(kept, _market.State, _market.State.Symbols, from, out _)));
                }
            }
        }
    }

    private static string Text(ReadOnlyMemory<byte> frame) => frame.IsEmpty ? "" : ViewTests.TextOf(frame);

    private static string Text(Quote quote, bool isFull)
    {
        var stale = quote.IsStale ? ""","stale":true""" : "";
        var rest = isFull ? ""","time_us":1767268800000000""" : "";
        var figures = isFull && quote.Details is { } details ? string.Create(CultureInfo.InvariantCulture, $""","bid":{details.Bid},"trades":0,"volume":0""") : "";
        return string.Create(
            CultureInfo.InvariantCulture, $$"""{"symbol":"{{quote.Symbol}}","price":{{quote.Price}},"timestamp":1767268800{{stale}}{{rest}}{{figures}}}""");
    }

    private static View Of(ImmutableArray<string> symbols, DetailLevel detail) => new(symbols, NativeProtocol.Instance.GetEncoding(isCompressed: false, detail));

    private View Subset(int percent, DetailLevel detail) => Of([.. RandomMarket.Symbols.Where(_ => _random.Next(100) < percent)], detail);

    /// <summary>The cursor that most sessions have, older ones, one that is ahead, and ones that mean nothing here.</summary>
    private Cursor[] Cursors()
    {
        var (epoch, seq) = _market.State.At;
        return
        [
            new(epoch, seq - 1), new(epoch, Math.Max(0, seq - 2)), new(epoch, _random.Next((int)seq)), new(epoch, seq), new(epoch, seq + 1),
            default, new(epoch - 1, seq - 1),
        ];
    }

    /// <summary>The message, computed the simple way; empty where nothing has changed.</summary>
    private string Expected(View view, Cursor from, IReadOnlyList<string> kept)
    {
        var (epoch, seq) = _market.State.At;
        var prevSeq = from.Epoch == epoch ? from.Seq : 0;
        var isFull = view.Encoding.Detail == DetailLevel.Full;
        var quotes = _market.Quotes
            .Where(quote => view.Symbols.Contains(quote.Quote.Symbol)
                && ((isFull ? quote.Seq : quote.PriceSeq) > prevSeq || !kept.Contains(quote.Quote.Symbol)))
            .Select(quote => Text(quote.Quote, isFull))
            .ToArray();
        return quotes.Length == 0
            ? ""
            : $$"""{"type":"ticker","epoch":{{epoch}},"seq":{{seq}},"prev_seq":{{prevSeq}},"ts":1767268800000000,"data":[{{string.Join(',', quotes)}}]}""";
    }
}
