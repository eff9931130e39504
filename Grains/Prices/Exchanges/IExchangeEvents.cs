namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>
/// Is told what an exchange's messages say of products. Products are in the exchange's own names, in UTF-8, so that reading a message creates
/// no strings; the spans are valid during the call only. For one thread at a time.
/// </summary>
internal interface IExchangeEvents
{
    /// <summary>Trades were made.</summary>
    void OnTrade(ReadOnlySpan<byte> product, in Trade trade);

    /// <summary>The best bid and offer.</summary>
    void OnTopOfBook(ReadOnlySpan<byte> product, in TopOfBook top);

    /// <summary>The figures of the last 24 hours.</summary>
    void OnDayFigures(ReadOnlySpan<byte> product, in DayFigures day);
}
