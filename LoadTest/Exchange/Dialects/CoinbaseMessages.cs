using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange.Dialects;

/// <summary>Writes Coinbase Exchange's messages.</summary>
internal static class CoinbaseMessages
{
    public static readonly string[] ChannelNames = ["ticker", "matches", "heartbeat"];

    /// <summary>All that the client has subscribed to so far.</summary>
    public static void Acknowledge(Venue venue, ClientConnection client)
    {
        var writer = venue.Writer.Begin();
        writer.Text("type"u8, "subscriptions"u8);
        writer.List("channels"u8);
        foreach (var channel in client.Subscriptions.GroupBy(subscription => subscription.Channel))
        {
            writer.Object();
            writer.Text("name"u8, ChannelNames[channel.Key]);
            writer.List("product_ids"u8);
            foreach (var subscription in channel)
            {
                writer.Text(subscription.Product.Name);
            }

            writer.EndList();
            writer.EndObject();
        }

        writer.EndList();
        client.Send(writer.End());
    }

    public static void SendError(Venue venue, ClientConnection client, string message, string? reason)
    {
        var writer = venue.Writer.Begin();
        writer.Text("type"u8, "error"u8);
        writer.Text("message"u8, message);
        if (reason is not null)
        {
            writer.Text("reason"u8, reason);
        }

        client.Send(writer.End());
    }

    public static void WriteTicker(Venue venue, Product product, MessageWriter? writer)
    {
        if (writer is null)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        writer.Text("type"u8, "ticker"u8);
        writer.Integer("sequence"u8, product.Sequence);
        writer.Text("product_id"u8, product.Utf8Name);
        writer.Text("price"u8, figures.Last);
        writer.Text("open_24h"u8, figures.Open);
        writer.Text("volume_24h"u8, figures.Volume);
        writer.Text("low_24h"u8, figures.Low);
        writer.Text("high_24h"u8, figures.High);
        writer.Text("volume_30d"u8, figures.Volume * 30);
        writer.Text("best_bid"u8, figures.Bid);
        writer.Text("best_bid_size"u8, figures.BidSize);
        writer.Text("best_ask"u8, figures.Ask);
        writer.Text("best_ask_size"u8, figures.AskSize);
        writer.Text("side"u8, product.IsSale ? "sell"u8 : "buy"u8);
        writer.IsoTime("time"u8, figures.Time);
        writer.Integer("trade_id"u8, product.TradeId);
        writer.Text("last_size"u8, figures.LastSize);
        venue.End();
    }

    public static void WriteMatch(Venue venue, Product product, MessageWriter? writer, ReadOnlySpan<byte> type)
    {
        if (writer is null)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        writer.Text("type"u8, type);
        writer.Integer("trade_id"u8, product.TradeId);
        writer.Text("maker_order_id"u8, "27fff20b-0000-4000-8000-000000000001"u8);
        writer.Text("taker_order_id"u8, "1da6ce16-0000-4000-8000-000000000002"u8);
        writer.Text("side"u8, product.IsSale ? "buy"u8 : "sell"u8); // The maker's side.
        writer.Text("size"u8, figures.LastSize);
        writer.Text("price"u8, figures.Last);
        writer.Text("product_id"u8, product.Utf8Name);
        writer.Integer("sequence"u8, product.Sequence);
        writer.IsoTime("time"u8, figures.Time);
        venue.End();
    }
}
