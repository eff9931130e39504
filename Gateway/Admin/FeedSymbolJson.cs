namespace OrleansTicker.Gateway.Admin;

/// <summary>A symbol that does not come from an exchange, or does not count there.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record FeedSymbolJson(string Symbol, string Reason);
