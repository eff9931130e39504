namespace OrleansTicker.LoadTest.Clients;

/// <summary>A quote in a message.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Price">Its price.</param>
/// <param name="Timestamp">The time of the price, in Unix seconds.</param>
/// <param name="IsStale">Whether the server says that it is stale.</param>
/// <param name="Hash">The hash of all four. Markets are compared by the sum of their quotes' hashes.</param>
internal readonly record struct ReceivedQuote(string Symbol, decimal Price, long Timestamp, bool IsStale, ulong Hash);
