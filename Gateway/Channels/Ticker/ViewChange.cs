using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>Another view of a session, as its connection has decided.</summary>
/// <param name="View">What the session is to be sent.</param>
/// <param name="Market">The market's symbols that the connection was told.</param>
/// <param name="IsReview">Whether the gateway has asked for it; otherwise the client has, and prices are held back for it.</param>
internal readonly record struct ViewChange(SessionView View, ImmutableArray<string> Market, bool IsReview);
