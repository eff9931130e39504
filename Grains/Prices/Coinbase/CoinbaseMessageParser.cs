using System.Globalization;
using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Coinbase;

/// <summary>
/// Reads one message of the Coinbase Exchange feed (docs.cdp.coinbase.com, Exchange WebSocket), live or recorded. Any bytes may
/// come: what is no message is <see cref="CoinbaseMessageKind.Unreadable"/>, never an exception.
/// </summary>
internal static class CoinbaseMessageParser
{
    private const int MaxPriceLength = 31;
    private const int MaxErrorLength = 200;

    public static CoinbaseMessage Parse(ReadOnlySpan<byte> message)
    {
        try
        {
            return ParseObject(message);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The reader tells bad JSON by the first and bad UTF-8 in a string by the second.
            return default;
        }
    }

    private static CoinbaseMessage ParseObject(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        string? type = null, product = null, error = null, reason = null;
        decimal? price = null;
        DateTimeOffset? time = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsText(ref reader, "type"u8))
            {
                type = reader.GetString();
            }
            else if (IsText(ref reader, "product_id"u8))
            {
                product = reader.GetString();
            }
            else if (IsText(ref reader, "price"u8))
            {
                price = ReadPrice(ref reader);
            }
            else if (IsText(ref reader, "time"u8))
            {
                time = reader.TryGetDateTimeOffset(out var read) ? read.ToUniversalTime() : null;
            }
            else if (IsText(ref reader, "message"u8))
            {
                error = reader.GetString();
            }
            else if (IsText(ref reader, "reason"u8))
            {
                reason = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        // Reads on past the object: anything after it makes the reader throw, for then this was not one message.
        reader.Read();
        return type switch
        {
            null => default,
            "ticker" when SettingChecks.IsSymbol(product) && price is { } p && time is { } t =>
                new CoinbaseMessage(CoinbaseMessageKind.Ticker, new Quote(product!, p, t)),
            "ticker" => default,
            "error" => new CoinbaseMessage(CoinbaseMessageKind.Error, Error: Shorten($"{error}: {reason}")),
            _ => new CoinbaseMessage(CoinbaseMessageKind.Other),
        };
    }

    /// <summary>Whether the current property has this name and a text; if so the reader stands on the text.</summary>
    private static bool IsText(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(name))
        {
            return false;
        }

        var ahead = reader;
        if (!ahead.Read() || ahead.TokenType != JsonTokenType.String)
        {
            return false;
        }

        reader = ahead;
        return true;
    }

    /// <summary>The price as written, trailing zeros too; null where a decimal cannot hold it exactly, or it is not above zero.</summary>
    private static decimal? ReadPrice(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > MaxPriceLength || reader.ValueIsEscaped)
        {
            return null;
        }

        Span<byte> written = stackalloc byte[MaxPriceLength];
        return decimal.TryParse(reader.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            && price > 0
            && price.TryFormat(written, out var length, provider: CultureInfo.InvariantCulture)
            && written[..length].SequenceEqual(reader.ValueSpan)
                ? price
                : null;
    }

    private static string Shorten(string text) => text.Length <= MaxErrorLength ? text : text[..MaxErrorLength];
}
