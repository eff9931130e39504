namespace OrleansTicker.LoadTest.Clients;

/// <summary>A symbol's price as a message has it.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Price">Its price.</param>
/// <param name="Timestamp">When it was made, in Unix seconds.</param>
/// <param name="Hash">Of all three: markets are compared by the sum of their quotes' hashes.</param>
internal readonly record struct ReceivedQuote(string Symbol, decimal Price, long Timestamp, ulong Hash);
