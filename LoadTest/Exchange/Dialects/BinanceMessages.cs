using System.Text;
using System.Text.Json;
using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange.Dialects;

/// <summary>Writes Binance's messages, in the variants that clients ask for.</summary>
internal static class BinanceMessages
{
    public static readonly string[] Streams = ["bookTicker", "aggTrade", "ticker", "trade"];

    public static bool IsCombined(int variant) => (variant & 1) == 0;

    public static long? TimeOf(DateTimeOffset? time, int variant) =>
        (variant & 2) == 0 ? time?.ToUnixTimeMilliseconds() : time?.ToUnixMicroseconds();

    public static string StreamOf(Product product, int kind) => $"{product.Name.ToLowerInvariant()}@{Streams[kind]}";

    public static MessageWriter? Begin(Venue venue, Product product, int kind, int variant)
    {
        var writer = venue.Begin(product, (kind * BinanceDialect.Variants) + variant);
        if (writer is not null && IsCombined(variant))
        {
            Span<byte> stream = stackalloc byte[64];
            Ascii.ToLower(product.Utf8Name, stream, out var length);
            stream[length++] = (byte)'@';
            length += Encoding.ASCII.GetBytes(Streams[kind], stream[length..]);
            writer.Text("stream"u8, stream[..length]);
            writer.Object("data"u8);
        }

        return writer;
    }

    public static void End(Venue venue, int variant)
    {
        if (IsCombined(variant))
        {
            venue.Writer.EndObject();
        }

        venue.End();
    }

    public static void Acknowledge(Venue venue, ClientConnection client, JsonElement? id, IEnumerable<string>? result = null)
    {
        var writer = venue.Writer.Begin();
        if (result is null)
        {
            writer.Null("result"u8);
        }
        else
        {
            writer.List("result"u8);
            foreach (var stream in result)
            {
                writer.Text(stream);
            }

            writer.EndList();
        }

        EndAnswer(client, writer, id);
    }

    public static void SendError(Venue venue, ClientConnection client, JsonElement? id, int code, string message)
    {
        var writer = venue.Writer.Begin();
        writer.Object("error"u8);
        writer.Integer("code"u8, code);
        writer.Text("msg"u8, message);
        writer.EndObject();
        EndAnswer(client, writer, id);
    }

    private static void EndAnswer(ClientConnection client, MessageWriter writer, JsonElement? id)
    {
        if (id is { } known)
        {
            writer.Copy("id"u8, known);
        }

        client.Send(writer.End());
    }

    public static void WriteTrade(Venue venue, Product product, int kind, int variant)
    {
        if (Begin(venue, product, kind, variant) is not { } writer)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        var isAggregate = kind == BinanceDialect.AggregateTrade;
        writer.Text("e"u8, isAggregate ? "aggTrade"u8 : "trade"u8);
        writer.Integer("E"u8, TimeOf(figures.Time, variant));
        writer.Text("s"u8, product.Utf8Name);
        writer.Integer(isAggregate ? "a"u8 : "t"u8, product.TradeId);
        writer.Text("p"u8, figures.Last);
        writer.Text("q"u8, figures.LastSize);
        if (isAggregate)
        {
            writer.Integer("f"u8, product.TradeId);
            writer.Integer("l"u8, product.TradeId);
        }

        writer.Integer("T"u8, TimeOf(figures.Time, variant));
        writer.Boolean("m"u8, product.IsSale);
        writer.Boolean("M"u8, true);
        End(venue, variant);
    }

    public static void WriteTicker(Venue venue, Product product, int variant)
    {
        if (Begin(venue, product, BinanceDialect.Ticker, variant) is not { } writer)
        {
            return;
        }

        var figures = venue.FiguresOf(product);
        writer.Text("e"u8, "24hrTicker"u8);
        writer.Integer("E"u8, TimeOf(figures.Time, variant));
        writer.Text("s"u8, product.Utf8Name);
        writer.Text("p"u8, figures.Last - figures.Open);
        writer.Text("P"u8, figures.Open > 0 ? Math.Round((figures.Last - figures.Open) / figures.Open * 100 ?? 0, 3) : null);
        writer.Text("w"u8, figures.Last);
        writer.Text("x"u8, figures.Open);
        writer.Text("c"u8, figures.Last);
        writer.Text("Q"u8, figures.LastSize);
        writer.Text("b"u8, figures.Bid);
        writer.Text("B"u8, figures.BidSize);
        writer.Text("a"u8, figures.Ask);
        writer.Text("A"u8, figures.AskSize);
        writer.Text("o"u8, figures.Open);
        writer.Text("h"u8, figures.High);
        writer.Text("l"u8, figures.Low);
        writer.Text("v"u8, figures.Volume);
        writer.Text("q"u8, figures.Turnover);
        writer.Integer("O"u8, TimeOf(figures.Time?.AddDays(-1), variant));
        writer.Integer("C"u8, TimeOf(figures.Time, variant));
        writer.Integer("F"u8, 1);
        writer.Integer("L"u8, product.TradeId);
        writer.Integer("n"u8, product.TradeId);
        End(venue, variant);
    }
}
