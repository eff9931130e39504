namespace OrleansTicker.Grains.Prices.Exchanges.Okx;

/// <summary>The fields of one ticker, trade or book of OKX's, as text.</summary>
internal ref struct OkxItem
{
    public ReadOnlySpan<byte> Type;
    public ReadOnlySpan<byte> Time;
    public ReadOnlySpan<byte> Sequence;
    public ReadOnlySpan<byte> Bid;
    public ReadOnlySpan<byte> BidSize;
    public ReadOnlySpan<byte> Ask;
    public ReadOnlySpan<byte> AskSize;
    public ReadOnlySpan<byte> Last;
    public ReadOnlySpan<byte> LastSize;
    public ReadOnlySpan<byte> Open;
    public ReadOnlySpan<byte> High;
    public ReadOnlySpan<byte> Low;
    public ReadOnlySpan<byte> Volume;
    public ReadOnlySpan<byte> Price;
    public ReadOnlySpan<byte> Size;
    public ReadOnlySpan<byte> TradeId;
    public ReadOnlySpan<byte> Count;
    public bool HasBook;

    /// <summary>Reads an item to its end.</summary>
    public static OkxItem Read(ref JsonWalker json)
    {
        var item = default(OkxItem);
        while (json.NextProperty())
        {
            switch (json.Name)
            {
                case "instType": item.Type = json.String(); break;
                case "ts": item.Time = json.Text(); break;
                case "seqId": item.Sequence = json.Text(); break;
                case "bids": item.HasBook = true; json.FirstLevel(out item.Bid, out item.BidSize); break;
                case "asks": item.HasBook = true; json.FirstLevel(out item.Ask, out item.AskSize); break;
                case "bidPx": item.Bid = json.Text(); break;
                case "bidSz": item.BidSize = json.Text(); break;
                case "askPx": item.Ask = json.Text(); break;
                case "askSz": item.AskSize = json.Text(); break;
                case "last": item.Last = json.Text(); break;
                case "lastSz": item.LastSize = json.Text(); break;
                case "open24h": item.Open = json.Text(); break;
                case "high24h": item.High = json.Text(); break;
                case "low24h": item.Low = json.Text(); break;
                case "vol24h": item.Volume = json.Text(); break;
                case "px": item.Price = json.Text(); break;
                case "sz": item.Size = json.Text(); break;
                case "tradeId": item.TradeId = json.Text(); break;
                case "count": item.Count = json.Text(); break;
            }
        }

        return item;
    }
}
