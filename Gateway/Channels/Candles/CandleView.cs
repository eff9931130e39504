using OrleansTicker.Gateway.Candles.State;
using OrleansTicker.Gateway.Candles.Watching;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Channels.Candles;

/// <summary>
/// A series in one encoding. Sessions that want the same share a view, and with it the bytes of every frame: a frame is a function of the
/// client's place and the newest state, and is built once. Any worker may call it.
/// </summary>
/// <param name="series">The series.</param>
/// <param name="encoding">How its frames are written.</param>
internal sealed class CandleView(WatchedSeries series, ICandleEncoding encoding)
{
    /// <summary>How many candles a frame holds at most, besides those that are not closed.</summary>
    internal const int MostInFrame = 100;

    /// <summary>How many frames are kept. Most sessions are at one of very few places.</summary>
    private const int MostFrames = 16;

    private readonly Lock _building = new();
    private readonly List<(CandlePlace From, byte[] Frame, CandlePlace? To)> _frames = [];
    private readonly List<KnownCandle> _news = [];
    private CandleState? _state;

    public WatchedSeries Series => series;

    public ICandleEncoding Encoding => encoding;

    /// <summary>Gets the frame that takes a client from its place towards the newest state.</summary>
    /// <param name="from">Its place; null if it begins with the newest candles.</param>
    /// <param name="to">Its place after the frame; null if nothing is known yet.</param>
    /// <param name="isBehind">Whether closed candles after its place are no longer here, and have to be read.</param>
    /// <returns>The frame; empty if there is nothing to send.</returns>
    public ReadOnlyMemory<byte> Next(CandlePlace? from, out CandlePlace? to, out bool isBehind)
    {
        lock (_building)
        {
            (to, isBehind) = (from, false);
            if (series.Newest is not { } newest)
            {
                return default;
            }

            if (newest != _state)
            {
                _state = newest;
                _frames.Clear();
            }

            var place = from ?? new CandlePlace(newest.ClosedEnd, Revision: 0);
            var (frame, reached) = FrameFrom(place);
            (to, isBehind) = (reached ?? place, reached is null);
            return frame;
        }
    }

    private (byte[] Frame, CandlePlace? To) FrameFrom(CandlePlace place)
    {
        foreach (var known in _frames)
        {
            if (known.From == place)
            {
                return (known.Frame, known.To);
            }
        }

        _news.Clear();
        var to = _state!.Tell(place, MostInFrame, _news);
        var frame = _news.Count == 0 ? [] : encoding.Encode(series.Series, _news);
        if (_frames.Count < MostFrames)
        {
            _frames.Add((place, frame, to));
        }

        return (frame, to);
    }
}
