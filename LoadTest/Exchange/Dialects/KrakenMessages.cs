using System.Text.Json;
using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange.Dialects;

/// <summary>Writes Kraken's messages.</summary>
internal static class KrakenMessages
{
    public static void Acknowledge(
        Venue venue, ClientConnection client, JsonElement request, string method, int channel, string name, bool wantsSnapshot)
    {
        var writer = venue.Writer.Begin();
        writer.Text("method"u8, method);
        writer.Object("result"u8);
        writer.Text("channel"u8, channel == KrakenDialect.Trades ? "trade"u8 : "ticker"u8);
        if (channel == KrakenDialect.TickerOfBook)
        {
            writer.Text("event_trigger"u8, "bbo"u8);
        }

        writer.Boolean("snapshot"u8, wantsSnapshot);
        writer.Text("symbol"u8, name);
        writer.EndObject();
        writer.Boolean("success"u8, true);
        EndAnswer(venue, client, writer, request);
    }

    public static void SendError(Venue venue, ClientConnection client, JsonElement? request, string? method, string error, string? symbol)
    {
        var writer = venue.Writer.Begin();
        writer.Text("error"u8, error);
        if (method is not null)
        {
            writer.Text("method"u8, method);
        }

        writer.Boolean("success"u8, false);
        if (symbol is not null)
        {
            writer.Text("symbol"u8, symbol);
        }

        EndAnswer(venue, client, writer, request);
    }

    public static void SendPong(Venue venue, ClientConnection client, JsonElement request)
    {
        var writer = venue.Writer.Begin();
        writer.Text("method"u8, "pong"u8);
        EndAnswer(venue, client, writer, request);
    }

    private static void EndAnswer(Venue venue, ClientConnection client, MessageWriter writer, JsonElement? request)
    {
        if (request?.Property("req_id") is { ValueKind: JsonValueKind.Number } id)
        {
            writer.Copy("req_id"u8, id);
        }

        writer.IsoTime("time_in"u8, venue.Now);
        writer.IsoTime("time_out"u8, venue.Now);
        client.Send(writer.End());
    }

    public static void SendStatus(Venue venue, ClientConnection client, string system)
    {
        var writer = BeginData(venue.Writer.Begin(), "status"u8, "update"u8);
        writer.Text("api_version"u8, "v2"u8);
        writer.Integer("connection_id"u8, client.Number);
        writer.Text("system"u8, system);
        writer.Text("version"u8, "2.0.0"u8);
        EndData(writer);
        client.Send(writer.End());
    }

    public static void WriteTicker(Venue venue, Product product, MessageWriter? writer, ReadOnlySpan<byte> type)
    {
        if (writer is null)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        BeginData(writer, "ticker"u8, type);
        writer.Text("symbol"u8, product.Utf8Name);
        writer.Number("bid"u8, figures.Bid);
        writer.Number("bid_qty"u8, figures.BidSize);
        writer.Number("ask"u8, figures.Ask);
        writer.Number("ask_qty"u8, figures.AskSize);
        writer.Number("last"u8, figures.Last);
        writer.Number("volume"u8, figures.Volume);
        writer.Number("vwap"u8, figures.Last);
        writer.Number("low"u8, figures.Low);
        writer.Number("high"u8, figures.High);
        writer.Number("change"u8, figures.Last - figures.Open);
        writer.Number("change_pct"u8, figures.Open > 0 ? Math.Round((figures.Last - figures.Open) / figures.Open * 100 ?? 0, 2) : null);
        writer.IsoTime("timestamp"u8, figures.Time);
        EndData(writer);
        venue.End();
    }

    public static void WriteTrade(Venue venue, Product product, MessageWriter? writer, ReadOnlySpan<byte> type)
    {
        if (writer is null)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        BeginData(writer, "trade"u8, type);
        writer.Text("symbol"u8, product.Utf8Name);
        writer.Text("side"u8, product.IsSale ? "sell"u8 : "buy"u8);
        writer.Number("price"u8, figures.Last);
        writer.Number("qty"u8, figures.LastSize);
        writer.Text("ord_type"u8, "market"u8);
        writer.Integer("trade_id"u8, product.TradeId);
        writer.IsoTime("timestamp"u8, figures.Time);
        EndData(writer);
        venue.End();
    }

    private static MessageWriter BeginData(MessageWriter writer, ReadOnlySpan<byte> channel, ReadOnlySpan<byte> type)
    {
        writer.Text("channel"u8, channel);
        writer.Text("type"u8, type);
        writer.List("data"u8);
        writer.Object();
        return writer;
    }

    private static void EndData(MessageWriter writer)
    {
        writer.EndObject();
        writer.EndList();
    }
}
