namespace OrleansTicker.LoadTest.Clients;

/// <summary>An exchange in a status message.</summary>
/// <param name="Exchange">Its name, as in symbols: <c>coinbase</c>.</param>
/// <param name="IsLive">Whether it counts in the market's prices.</param>
internal readonly record struct ReceivedFeed(string Exchange, bool IsLive);
