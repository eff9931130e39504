using System.Globalization;
using System.Text.Json;
using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange.Dialects;

/// <summary>Writes OKX' messages.</summary>
internal static class OkxMessages
{
    public static readonly string[] ChannelNames = ["tickers", "trades", "bbo-tbt"];

    public static void SendError(Venue venue, ClientConnection client, JsonElement? request, string code, string message) =>
        SendEvent(venue, client, "error", code, message, request);

    public static void SendEvent(Venue venue, ClientConnection client, string kind, string code, string message, JsonElement? request = null)
    {
        var writer = BeginEvent(venue, request, kind);
        writer.Text("code"u8, code);
        writer.Text("msg"u8, message);
        EndEvent(client, writer);
    }

    public static MessageWriter BeginEvent(Venue venue, JsonElement? request, string kind)
    {
        var writer = venue.Writer.Begin();
        if (request?.Property("id") is { } id)
        {
            writer.Copy("id"u8, id);
        }

        writer.Text("event"u8, kind);
        return writer;
    }

    public static void EndEvent(ClientConnection client, MessageWriter writer)
    {
        writer.Text("connId"u8, client.Number.ToString("x8", CultureInfo.InvariantCulture));
        client.Send(writer.End());
    }

    public static void WriteTicker(Venue venue, Product product, MessageWriter? writer)
    {
        if (writer is null)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        BeginData(writer, product, OkxDialect.Tickers);
        writer.Text("instType"u8, "SPOT"u8);
        writer.Text("instId"u8, product.Utf8Name);
        writer.Text("last"u8, figures.Last);
        writer.Text("lastSz"u8, figures.LastSize);
        writer.Text("askPx"u8, figures.Ask);
        writer.Text("askSz"u8, figures.AskSize);
        writer.Text("bidPx"u8, figures.Bid);
        writer.Text("bidSz"u8, figures.BidSize);
        writer.Text("open24h"u8, figures.Open);
        writer.Text("high24h"u8, figures.High);
        writer.Text("low24h"u8, figures.Low);
        writer.Text("sodUtc0"u8, figures.Open);
        writer.Text("sodUtc8"u8, figures.Open);
        writer.Text("volCcy24h"u8, figures.Turnover);
        writer.Text("vol24h"u8, figures.Volume);
        writer.Text("ts"u8, figures.Time?.ToUnixTimeMilliseconds());
        EndData(venue, writer);
    }

    public static void WriteTrade(Venue venue, Product product, MessageWriter? writer)
    {
        if (writer is null)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        BeginData(writer, product, OkxDialect.Trades);
        writer.Text("instId"u8, product.Utf8Name);
        writer.Text("tradeId"u8, product.TradeId);
        writer.Text("px"u8, figures.Last);
        writer.Text("sz"u8, figures.LastSize);
        writer.Text("side"u8, product.IsSale ? "sell"u8 : "buy"u8);
        writer.Text("ts"u8, figures.Time?.ToUnixTimeMilliseconds());
        writer.Text("count"u8, "1"u8);
        writer.Integer("seqId"u8, product.Sequence);
        EndData(venue, writer);
    }

    public static void WriteBook(Venue venue, Product product, MessageWriter? writer)
    {
        if (writer is null)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        BeginData(writer, product, OkxDialect.BestBidOffer);
        WriteSide(writer, "asks"u8, figures.Ask, figures.AskSize);
        WriteSide(writer, "bids"u8, figures.Bid, figures.BidSize);
        writer.Text("ts"u8, figures.Time?.ToUnixTimeMilliseconds());
        writer.Integer("seqId"u8, product.Sequence);
        EndData(venue, writer);
    }

    private static void WriteSide(MessageWriter writer, ReadOnlySpan<byte> name, decimal? best, decimal? size)
    {
        writer.List(name);
        if (best is { } price)
        {
            writer.List();
            writer.Text(price);
            writer.Text(size ?? 0);
            writer.Text("0");
            writer.Text("1");
            writer.EndList();
        }

        writer.EndList();
    }

    private static void BeginData(MessageWriter writer, Product product, int channel)
    {
        writer.Object("arg"u8);
        writer.Text("channel"u8, ChannelNames[channel]);
        writer.Text("instId"u8, product.Utf8Name);
        writer.EndObject();
        writer.List("data"u8);
        writer.Object();
    }

    private static void EndData(Venue venue, MessageWriter writer)
    {
        writer.EndObject();
        writer.EndList();
        venue.End();
    }
}
