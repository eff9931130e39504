namespace OrleansTicker.Grains.Prices.Exchanges.Kraken;

/// <summary>The fields of one ticker or trade of Kraken's, as text.</summary>
internal ref struct KrakenItem
{
    public ReadOnlySpan<byte> Symbol;
    public ReadOnlySpan<byte> Time;
    public ReadOnlySpan<byte> Bid;
    public ReadOnlySpan<byte> BidSize;
    public ReadOnlySpan<byte> Ask;
    public ReadOnlySpan<byte> AskSize;
    public ReadOnlySpan<byte> Last;
    public ReadOnlySpan<byte> High;
    public ReadOnlySpan<byte> Low;
    public ReadOnlySpan<byte> Volume;
    public ReadOnlySpan<byte> Change;
    public ReadOnlySpan<byte> Price;
    public ReadOnlySpan<byte> Size;
    public ReadOnlySpan<byte> TradeId;

    /// <summary>Reads an item to its end.</summary>
    public static KrakenItem Read(ref JsonWalker json)
    {
        var item = default(KrakenItem);
        while (json.NextProperty())
        {
            switch (json.Name)
            {
                case "symbol": item.Symbol = json.String(); break;
                case "timestamp": item.Time = json.Text(); break;
                case "bid": item.Bid = json.Text(); break;
                case "bid_qty": item.BidSize = json.Text(); break;
                case "ask": item.Ask = json.Text(); break;
                case "ask_qty": item.AskSize = json.Text(); break;
                case "last": item.Last = json.Text(); break;
                case "high": item.High = json.Text(); break;
                case "low": item.Low = json.Text(); break;
                case "volume": item.Volume = json.Text(); break;
                case "change": item.Change = json.Text(); break;
                case "price": item.Price = json.Text(); break;
                case "qty": item.Size = json.Text(); break;
                case "trade_id": item.TradeId = json.Text(); break;
            }
        }

        return item;
    }
}
