namespace OrleansTicker.Grains.Prices.Exchanges.Binance;

/// <summary>
/// The fields of Binance's events, as text, whether an event stands alone or in a combined stream's message. A letter may mean different things
/// in different events.
/// </summary>
internal ref struct BinanceFields
{
    public ReadOnlySpan<byte> EventType;
    public ReadOnlySpan<byte> EventTime;
    public ReadOnlySpan<byte> Symbol;
    public ReadOnlySpan<byte> UpdateId;
    public ReadOnlySpan<byte> Bid;
    public ReadOnlySpan<byte> BidSize;
    public ReadOnlySpan<byte> Ask;
    public ReadOnlySpan<byte> AskSize;
    public ReadOnlySpan<byte> PriceOrChange;
    public ReadOnlySpan<byte> Size;
    public ReadOnlySpan<byte> FirstId;
    public ReadOnlySpan<byte> LowOrLastId;
    public ReadOnlySpan<byte> TradeTime;
    public ReadOnlySpan<byte> Last;
    public ReadOnlySpan<byte> LastSize;
    public ReadOnlySpan<byte> LastId;
    public ReadOnlySpan<byte> Open;
    public ReadOnlySpan<byte> High;
    public ReadOnlySpan<byte> Volume;
    public ReadOnlySpan<byte> Error;
    public bool IsAnswer;

    /// <summary>Reads a message to its end.</summary>
    public static BinanceFields Read(ref JsonWalker json)
    {
        var fields = default(BinanceFields);
        fields.ReadObject(ref json, isOutermost: true);
        return fields;
    }

    private void ReadObject(ref JsonWalker json, bool isOutermost)
    {
        while (json.NextProperty())
        {
            switch (json.Name)
            {
                case "e": EventType = json.String(); break;
                case "E": EventTime = json.Text(); break;
                case "s": Symbol = json.String(); break;
                case "u": UpdateId = json.Text(); break;
                case "b": Bid = json.Text(); break;
                case "B": BidSize = json.Text(); break;
                case "a": Ask = json.Text(); break;
                case "A": AskSize = json.Text(); break;
                case "p": PriceOrChange = json.Text(); break;
                case "q": Size = json.Text(); break;
                case "f": FirstId = json.Text(); break;
                case "l": LowOrLastId = json.Text(); break;
                case "T": TradeTime = json.Text(); break;
                case "c": Last = json.Text(); break;
                case "Q": LastSize = json.Text(); break;
                case "L": LastId = json.Text(); break;
                case "o": Open = json.Text(); break;
                case "h": High = json.Text(); break;
                case "v": Volume = json.Text(); break;
                case "msg": Error = json.String(); break;
                case "result" or "stream": IsAnswer = true; break;
                case "data" or "error" when isOutermost && json.EnterObject(): ReadObject(ref json, isOutermost: false); break;
            }
        }
    }
}
