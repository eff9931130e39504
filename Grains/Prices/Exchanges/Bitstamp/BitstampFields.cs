namespace OrleansTicker.Grains.Prices.Exchanges.Bitstamp;

/// <summary>The fields of Bitstamp's messages, as text. Of a book only the first level is read.</summary>
internal ref struct BitstampFields
{
    public ReadOnlySpan<byte> EventType;
    public ReadOnlySpan<byte> Channel;
    public ReadOnlySpan<byte> Id;
    public ReadOnlySpan<byte> Time;
    public ReadOnlySpan<byte> Price;
    public ReadOnlySpan<byte> Size;
    public ReadOnlySpan<byte> Bid;
    public ReadOnlySpan<byte> BidSize;
    public ReadOnlySpan<byte> Ask;
    public ReadOnlySpan<byte> AskSize;
    public ReadOnlySpan<byte> Message;
    public bool HasBook;

    /// <summary>Reads a message to its end.</summary>
    public static BitstampFields Read(ref JsonWalker json)
    {
        var fields = default(BitstampFields);
        while (json.NextProperty())
        {
            switch (json.Name)
            {
                case "event": fields.EventType = json.String(); break;
                case "channel": fields.Channel = json.String(); break;
                case "data" when json.EnterObject(): fields.ReadData(ref json); break;
            }
        }

        return fields;
    }

    private void ReadData(ref JsonWalker json)
    {
        // Prices also come as numbers, which have passed through a double.
        ReadOnlySpan<byte> priceNumber = default, sizeNumber = default, seconds = default;
        while (json.NextProperty())
        {
            switch (json.Name)
            {
                case "id": Id = json.Text(); break;
                case "price_str": Price = json.Text(); break;
                case "amount_str": Size = json.Text(); break;
                case "price": priceNumber = json.Text(); break;
                case "amount": sizeNumber = json.Text(); break;
                case "microtimestamp": Time = json.Text(); break;
                case "timestamp": seconds = json.Text(); break;
                case "bids": HasBook = true; json.FirstLevel(out Bid, out BidSize); break;
                case "asks": HasBook = true; json.FirstLevel(out Ask, out AskSize); break;
                case "message": Message = json.String(); break;
            }
        }

        Price = Price.IsEmpty ? priceNumber : Price;
        Size = Size.IsEmpty ? sizeNumber : Size;
        Time = Time.IsEmpty ? seconds : Time;
    }
}
