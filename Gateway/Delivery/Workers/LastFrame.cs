using OrleansTicker.Gateway.Channels;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>
/// The frame that a worker has looked up last. The next slot's session mostly stands at the same cursor of the same view, and gets it
/// without a look at the view.
/// </summary>
internal struct LastFrame
{
    private MarketState? _newest;
    private ISharedFrames? _frames;
    private Cursor _from;

    /// <summary>The frame; empty where nothing has changed after the cursor.</summary>
    public ReadOnlyMemory<byte> Frame { get; private set; }

    /// <summary>The cursor after the frame.</summary>
    public Cursor To { get; private set; }

    /// <summary>Whether it is what comes next for a slot.</summary>
    public readonly bool IsFor(MarketState newest, ref readonly SendState state) =>
        state.Frames == _frames && state.Cursor == _from && newest == _newest;

    /// <summary>Looks up what comes next for a slot. What fails leaves it as it was.</summary>
    public void LookUp(MarketState newest, ref readonly SendState state)
    {
        Frame = state.Frames!.Next(newest, state.Cursor, out var to);
        (To, _newest, _frames, _from) = (to, newest, state.Frames, state.Cursor);
    }
}
