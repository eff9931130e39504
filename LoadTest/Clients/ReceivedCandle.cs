using System.Text.Json.Serialization;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>A candle in an answer or a message.</summary>
/// <param name="OpenTime">When it begins, in Unix seconds.</param>
/// <param name="Open">The first price.</param>
/// <param name="High">The highest price.</param>
/// <param name="Low">The lowest price.</param>
/// <param name="Close">The last price.</param>
/// <param name="Volume">How much was traded, in the base currency.</param>
/// <param name="QuoteVolume">How much was traded, in the quote currency.</param>
/// <param name="Trades">How many trades were made.</param>
/// <param name="Closed">Whether the server says that it does not change any more.</param>
[method: JsonConstructor]
internal readonly record struct ReceivedCandle(
    long OpenTime, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume, decimal QuoteVolume, long Trades, bool Closed);
