namespace OrleansTicker.LoadTest.Exchange;

/// <summary>The exchange cannot start, for a reason that its user can do something about.</summary>
internal sealed class ExchangeException(string message, Exception? inner = null) : Exception(message, inner);
