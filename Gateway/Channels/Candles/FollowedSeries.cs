using OrleansTicker.Gateway.Candles.State;

namespace OrleansTicker.Gateway.Channels.Candles;

/// <summary>A series that one session is sent, and how far its client has come. Only the session's worker may call it.</summary>
/// <param name="view">The series, as the client is sent it.</param>
internal sealed class FollowedSeries(CandleView view)
{
    private CandlePlace? _place; // Null if it begins with the newest candles.
    private byte[] _missed = []; // What was read for it, and is sent first.

    public CandleView View => view;

    /// <summary>Changes whenever the client begins anew, so that what was read before does not count.</summary>
    public int Beginning { get; private set; }

    /// <summary>The open time from which on closed candles have to be read; null if none have to.</summary>
    public DateTimeOffset? MissingFrom { get; private set; }

    /// <summary>Whether the client knows that older candles can't be read now.</summary>
    public bool IsTold { get; set; }

    /// <summary>Begins anew.</summary>
    /// <param name="from">The open time from which on the client wants closed candles.</param>
    public void Begin(DateTimeOffset from)
    {
        Beginning++;
        _place = new CandlePlace(from, Revision: 0);
        _missed = [];
        MissingFrom = null;
    }

    /// <summary>Gets the next frame; empty if there is none now.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        if (_missed is { Length: > 0 } missed)
        {
            _missed = [];
            return missed;
        }

        var frame = view.Next(_place, out _place, out var isBehind);
        MissingFrom = isBehind ? _place!.Value.ClosedBefore : null;
        return frame;
    }

    /// <summary>Takes what was read for it. Candles that are not closed are sent again after it.</summary>
    public void Take(MissedCandles read)
    {
        _missed = read.Frame;
        MissingFrom = null;
        if (read.ClosedBefore is { } end)
        {
            _place = new CandlePlace(end, Revision: 0);
            IsTold = false;
        }
    }
}
