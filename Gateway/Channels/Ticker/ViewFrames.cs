using System.Collections.Immutable;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>
/// The frames of a view for sessions whose view was made from these symbols of the market. If the market has other symbols by now, the view
/// has to be reviewed first: otherwise a client that misses a symbol could come back with a cursor that includes it. Symbols of single
/// exchanges count only for clients that want some (<see cref="MarketState.SymbolsFor"/>).
/// </summary>
/// <param name="view">The view.</param>
/// <param name="marketSymbols">The market's symbols that the view was made from.</param>
internal sealed class ViewFrames(View view, ImmutableArray<string> marketSymbols) : ISharedFrames
{
    /// <summary>The view.</summary>
    public View View => view;

    /// <summary>The market's symbols that the view was made from.</summary>
    public ImmutableArray<string> MarketSymbols => marketSymbols;

    public ReadOnlyMemory<byte> Next(MarketState newest, Cursor from, out Cursor to) => view.Next(newest, marketSymbols, from, out to);

    /// <summary>See <see cref="View.NextAfterViewChange"/>.</summary>
    public ReadOnlyMemory<byte> NextAfterViewChange(ImmutableArray<string> clientSymbols, MarketState newest, Cursor from, out Cursor to) =>
        view.NextAfterViewChange(clientSymbols, newest, marketSymbols, from, out to);
}
