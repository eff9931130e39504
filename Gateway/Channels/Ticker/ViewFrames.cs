using System.Collections.Immutable;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>
/// The frames of a view for the sessions whose view was made from these symbols of the market. Where the market has others by now, the view has to
/// be made anew first: a client that misses a symbol could come back with a cursor that says it has it.
/// </summary>
/// <param name="view">The view.</param>
/// <param name="knownSymbols">The market's symbols that the sessions' view was made from.</param>
internal sealed class ViewFrames(View view, ImmutableArray<string> knownSymbols) : ISharedFrames
{
    /// <summary>The market's symbols that the sessions' view was made from.</summary>
    public ImmutableArray<string> KnownSymbols => knownSymbols;

    public ReadOnlyMemory<byte> Next(MarketState newest, Cursor from, out Cursor to) => view.Next(newest, knownSymbols, from, out to);
}
