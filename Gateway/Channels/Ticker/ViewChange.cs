using System.Collections.Immutable;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>Another view of a session, as decided by its connection.</summary>
/// <param name="View">What the session is to be sent.</param>
/// <param name="Market">The market's symbols for which the connection decided, as <see cref="MarketState.SymbolsFor"/> has them.</param>
/// <param name="IsReview">Whether the gateway asked for it. Otherwise the client did, and prices are held back until it is applied.</param>
internal readonly record struct ViewChange(SessionView View, ImmutableArray<string> Market, bool IsReview);
