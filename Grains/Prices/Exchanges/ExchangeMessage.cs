namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>What a message of an exchange is.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Time">When the exchange sent it; null if it does not say.</param>
/// <param name="Text">
/// The exchange's words, of an <see cref="ExchangeMessageKind.Error"/> or a <see cref="ExchangeMessageKind.Reconnect"/>. Those of an error refuse
/// the products that they name: they have to name a product if the error is about it, and only then.
/// </param>
internal readonly record struct ExchangeMessage(ExchangeMessageKind Kind, DateTimeOffset? Time = null, string? Text = null)
{
    /// <summary>No message of the exchange.</summary>
    public static ExchangeMessage Unreadable => default;
}
