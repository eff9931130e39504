namespace OrleansTicker.Grains.Prices.Exchanges.Coinbase;

/// <summary>The fields of Coinbase's messages, as text. Each type of message has some of them.</summary>
internal ref struct CoinbaseFields
{
    public ReadOnlySpan<byte> Type;
    public ReadOnlySpan<byte> Product;
    public ReadOnlySpan<byte> Sequence;
    public ReadOnlySpan<byte> Time;
    public ReadOnlySpan<byte> Price;
    public ReadOnlySpan<byte> Size;
    public ReadOnlySpan<byte> TradeId;
    public ReadOnlySpan<byte> Bid;
    public ReadOnlySpan<byte> BidSize;
    public ReadOnlySpan<byte> Ask;
    public ReadOnlySpan<byte> AskSize;
    public ReadOnlySpan<byte> Open;
    public ReadOnlySpan<byte> High;
    public ReadOnlySpan<byte> Low;
    public ReadOnlySpan<byte> Volume;
    public ReadOnlySpan<byte> Message;
    public ReadOnlySpan<byte> Reason;

    /// <summary>Reads a message to its end.</summary>
    public static CoinbaseFields Read(ref JsonWalker json)
    {
        var fields = default(CoinbaseFields);
        while (json.NextProperty())
        {
            switch (json.Name)
            {
                case "type": fields.Type = json.String(); break;
                case "product_id": fields.Product = json.String(); break;
                case "sequence": fields.Sequence = json.Text(); break;
                case "time": fields.Time = json.Text(); break;
                case "price": fields.Price = json.Text(); break;
                case "size" or "last_size": fields.Size = json.Text(); break;
                case "trade_id": fields.TradeId = json.Text(); break;
                case "best_bid": fields.Bid = json.Text(); break;
                case "best_bid_size": fields.BidSize = json.Text(); break;
                case "best_ask": fields.Ask = json.Text(); break;
                case "best_ask_size": fields.AskSize = json.Text(); break;
                case "open_24h": fields.Open = json.Text(); break;
                case "high_24h": fields.High = json.Text(); break;
                case "low_24h": fields.Low = json.Text(); break;
                case "volume_24h": fields.Volume = json.Text(); break;
                case "message": fields.Message = json.String(); break;
                case "reason": fields.Reason = json.String(); break;
            }
        }

        return fields;
    }
}
