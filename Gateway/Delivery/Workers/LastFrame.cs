using OrleansTicker.Gateway.Channels;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>
/// The frame that a worker looked up last. The next session mostly has the same view and cursor, and gets the frame without another lookup.
/// </summary>
internal struct LastFrame
{
    private MarketState? _newest;
    private ISharedFrames? _frames;
    private Cursor _from;

    /// <summary>The frame; empty if nothing has changed after the cursor.</summary>
    public ReadOnlyMemory<byte> Frame { get; private set; }

    /// <summary>The cursor after the frame.</summary>
    public Cursor To { get; private set; }

    /// <summary>Whether it is the next frame of a slot.</summary>
    public readonly bool IsFor(MarketState newest, ref readonly SendState state) =>
        state.Frames == _frames && state.Cursor == _from && newest == _newest;

    /// <summary>Looks up the next frame of a slot. If that throws, nothing changes.</summary>
    public void LookUp(MarketState newest, ref readonly SendState state)
    {
        Frame = state.Frames!.Next(newest, state.Cursor, out var to);
        (To, _newest, _frames, _from) = (to, newest, state.Frames, state.Cursor);
    }
}
