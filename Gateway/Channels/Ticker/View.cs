using System.Collections.Immutable;
using System.Runtime.InteropServices;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>
/// A set of symbols in one encoding, which decides how much of each quote it shows. Sessions that want the same share a view, and with it the
/// bytes of every frame. A frame is a function of (view, from, to) and is built once, by whichever worker needs it first. Any worker may call it.
/// </summary>
/// <param name="symbols">Its symbols, in ordinal order. They need not be in the market.</param>
/// <param name="encoding">How its frames are written.</param>
internal sealed class View(ImmutableArray<string> symbols, IQuoteEncoding encoding)
{
    private readonly Lock _building = new();
    private readonly List<int> _selected = [];
    private FrameSet _frames = new(MarketState.Empty, [], encoding.Detail);
    private ViewFrames? _shared;

    /// <summary>Its symbols, in ordinal order.</summary>
    public ImmutableArray<string> Symbols => symbols;

    /// <summary>How its frames are written.</summary>
    public IQuoteEncoding Encoding => encoding;

    /// <summary>
    /// The frames for sessions whose view was made from these symbols of the market; mostly the same object for all of them.
    /// </summary>
    public ViewFrames For(ImmutableArray<string> market)
    {
        var shared = Volatile.Read(ref _shared);
        if (shared is null || shared.MarketSymbols != market)
        {
            Volatile.Write(ref _shared, shared = new ViewFrames(this, market));
        }

        return shared;
    }

    /// <summary>The frame that takes a session from its cursor to the newest state.</summary>
    /// <param name="newest">The newest state that the caller knows; the frame may lead to a newer one.</param>
    /// <param name="marketSymbols">The market's symbols that the session's view was made from.</param>
    /// <param name="from">The session's cursor.</param>
    /// <param name="to">The cursor after the frame.</param>
    /// <returns>The frame; empty if nothing that the view shows has changed after the cursor, or if the market has other symbols.</returns>
    public ReadOnlyMemory<byte> Next(MarketState newest, ImmutableArray<string> marketSymbols, Cursor from, out Cursor to)
    {
        var frames = FramesOf(newest);
        to = frames.State.At;
        var prevSeq = from.SeqIn(to.Epoch);
        return prevSeq < frames.LastChange && frames.State.HasSymbols(marketSymbols) ? frames.Find(prevSeq) ?? Build(frames, prevSeq) : default;
    }

    /// <summary>
    /// The frame for a session that had another view: the frame of <see cref="Next"/>, plus the quote of every symbol that the client does
    /// not have, changed or not.
    /// </summary>
    /// <param name="clientSymbols">The symbols of which the client has what this view shows, up to its cursor, in ordinal order.</param>
    /// <param name="newest">As with <see cref="Next"/>.</param>
    /// <param name="marketSymbols">As with <see cref="Next"/>.</param>
    /// <param name="from">The session's cursor.</param>
    /// <param name="to">The cursor after the frame.</param>
    /// <returns>The frame; empty if it would hold nothing.</returns>
    public ReadOnlyMemory<byte> NextAfterViewChange(
        ImmutableArray<string> clientSymbols, MarketState newest, ImmutableArray<string> marketSymbols, Cursor from, out Cursor to)
    {
        var frames = FramesOf(newest);
        var state = frames.State;
        if (!state.HasSymbols(marketSymbols))
        {
            to = from;
            return default;
        }

        to = state.At;
        var prevSeq = from.SeqIn(to.Epoch);
        lock (_building)
        {
            return Write(frames, prevSeq, place => state.LastChange(place, encoding.Detail) > prevSeq || clientSymbols.BinarySearch(state.Symbols[place], StringComparer.Ordinal) < 0);
        }
    }

    private FrameSet FramesOf(MarketState newest)
    {
        var frames = Volatile.Read(ref _frames);
        return newest.At.IsAfter(frames.State.At) ? MoveTo(newest) : frames;
    }

    private FrameSet MoveTo(MarketState newest)
    {
        lock (_building)
        {
            if (newest.At.IsAfter(_frames.State.At))
            {
                Volatile.Write(ref _frames, newest.Symbols == _frames.State.Symbols ? _frames.Next(newest) : new FrameSet(newest, PlacesIn(newest), encoding.Detail));
            }

            return _frames;
        }
    }

    private int[] PlacesIn(MarketState state)
    {
        var places = new List<int>(symbols.Length);
        foreach (var symbol in symbols)
        {
            if (state.TryGetPlace(symbol, out var place))
            {
                places.Add(place);
            }
        }

        places.Sort(); // A message has its quotes in the order of the market.
        return [.. places];
    }

    private byte[] Build(FrameSet frames, long prevSeq)
    {
        lock (_building)
        {
            // If many deltas have been built already, a session with yet another cursor gets the snapshot.
            var from = frames.IsFull ? 0 : prevSeq;
            if (frames.Find(from) is { } built)
            {
                return built;
            }

            var frame = WriteChanged(frames, from);
            frames.Add(from, frame);
            return frame;
        }
    }

    /// <summary>
    /// Writes what changed after a seq. After the previous tick, which most sessions have, this costs as much as changed, not as much as
    /// the view holds.
    /// </summary>
    private byte[] WriteChanged(FrameSet frames, long prevSeq)
    {
        var state = frames.State;
        if (!state.TryGetChanged(new Cursor(state.At.Epoch, prevSeq), encoding.Detail, out var changed))
        {
            return Write(frames, prevSeq, place => state.LastChange(place, encoding.Detail) > prevSeq);
        }

        _selected.Clear();
        foreach (var place in new PlaceIntersection(frames.Places, changed))
        {
            _selected.Add(place);
        }

        return WriteSelected(frames, prevSeq);
    }

    private byte[] Write(FrameSet frames, long prevSeq, Predicate<int> isWanted)
    {
        _selected.Clear();
        foreach (var place in frames.Places)
        {
            if (isWanted(place))
            {
                _selected.Add(place);
            }
        }

        return WriteSelected(frames, prevSeq);
    }

    private byte[] WriteSelected(FrameSet frames, long prevSeq) =>
        _selected.Count == 0 ? [] : encoding.Encode(frames.State, prevSeq, CollectionsMarshal.AsSpan(_selected));
}
