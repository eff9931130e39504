using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary>
/// Writes the fields of a quote. Decimals are written with all their digits and without exponents, never by way of a double. What is not
/// known is left out.
/// </summary>
internal static class NativeQuote
{
    private static readonly JsonEncodedText Symbol = JsonEncodedText.Encode("symbol");
    private static readonly JsonEncodedText Price = JsonEncodedText.Encode("price");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText Stale = JsonEncodedText.Encode("stale");
    private static readonly JsonEncodedText TimeUs = JsonEncodedText.Encode("time_us");
    private static readonly JsonEncodedText UpdatedUs = JsonEncodedText.Encode("updated_us");
    private static readonly JsonEncodedText Bid = JsonEncodedText.Encode("bid");
    private static readonly JsonEncodedText BidSize = JsonEncodedText.Encode("bid_size");
    private static readonly JsonEncodedText Ask = JsonEncodedText.Encode("ask");
    private static readonly JsonEncodedText AskSize = JsonEncodedText.Encode("ask_size");
    private static readonly JsonEncodedText Last = JsonEncodedText.Encode("last");
    private static readonly JsonEncodedText LastSize = JsonEncodedText.Encode("last_size");
    private static readonly JsonEncodedText Open = JsonEncodedText.Encode("open_24h");
    private static readonly JsonEncodedText High = JsonEncodedText.Encode("high_24h");
    private static readonly JsonEncodedText Low = JsonEncodedText.Encode("low_24h");
    private static readonly JsonEncodedText DayVolume = JsonEncodedText.Encode("volume_24h");
    private static readonly JsonEncodedText Trades = JsonEncodedText.Encode("trades");
    private static readonly JsonEncodedText Volume = JsonEncodedText.Encode("volume");
    private static readonly JsonEncodedText Sources = JsonEncodedText.Encode("sources");
    private static readonly JsonEncodedText Confidence = JsonEncodedText.Encode("confidence");

    /// <summary>Writes what every client is sent.</summary>
    /// <param name="writer">The writer, within the quote's object.</param>
    /// <param name="name">The symbol.</param>
    /// <param name="quote">The quote.</param>
    public static void WritePrice(Utf8JsonWriter writer, JsonEncodedText name, Quote quote)
    {
        writer.WriteString(Symbol, name);
        writer.WriteNumber(Price, quote.Price);
        writer.WriteNumber(Timestamp, quote.Time.ToUnixTimeSeconds());
        if (quote.IsStale)
        {
            writer.WriteBoolean(Stale, true);
        }
    }

    /// <summary>Writes everything else that is known.</summary>
    /// <param name="writer">The writer, within the quote's object.</param>
    /// <param name="quote">The quote.</param>
    public static void WriteRest(Utf8JsonWriter writer, Quote quote)
    {
        writer.WriteNumber(TimeUs, Microseconds(quote.Time));
        if (quote.Details is not { } details)
        {
            return;
        }

        if (details.UpdatedAt != default)
        {
            writer.WriteNumber(UpdatedUs, Microseconds(details.UpdatedAt));
        }

        Write(writer, Bid, details.Bid);
        Write(writer, BidSize, details.BidSize);
        Write(writer, Ask, details.Ask);
        Write(writer, AskSize, details.AskSize);
        Write(writer, Last, details.Last);
        Write(writer, LastSize, details.LastSize);
        Write(writer, Open, details.Open);
        Write(writer, High, details.High);
        Write(writer, Low, details.Low);
        Write(writer, DayVolume, details.DayVolume);
        writer.WriteNumber(Trades, details.Trades);
        writer.WriteNumber(Volume, details.Volume);
        if (details.Sources is { } sources)
        {
            writer.WriteNumber(Sources, sources);
        }

        Write(writer, Confidence, details.Confidence);
    }

    /// <summary>Microseconds since the Unix epoch.</summary>
    public static long Microseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    private static void Write(Utf8JsonWriter writer, JsonEncodedText name, decimal? value)
    {
        if (value is { } known)
        {
            writer.WriteNumber(name, known);
        }
    }
}
