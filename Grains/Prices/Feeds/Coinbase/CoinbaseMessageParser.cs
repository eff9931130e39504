using System.Globalization;
using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Feeds.Coinbase;

/// <summary>
/// Parses a message of the Coinbase Exchange feed, live or recorded. Anything that is not a message is
/// <see cref="FeedMessageKind.Unreadable"/>, never an exception.
/// </summary>
internal static class CoinbaseMessageParser
{
    private const int MaxPriceLength = 31;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static FeedMessage Parse(ReadOnlySpan<byte> message)
    {
        message = message.StartsWith(ByteOrderMark) ? message[ByteOrderMark.Length..] : message;
        try
        {
            return ParseObject(message);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // JsonException for bad JSON, InvalidOperationException for bad UTF-8 in a string.
            return default;
        }
    }

    private static FeedMessage ParseObject(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        string? type = null, product = null, error = null, reason = null;
        decimal? price = null;
        DateTimeOffset? time = null;
        long? sequence = null;
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
            else if (IsValue(ref reader, "sequence"u8, JsonTokenType.Number))
            {
                sequence = reader.TryGetInt64(out var number) ? number : null;
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

        // Anything after the object makes the reader throw: then this was not one message.
        reader.Read();
        return type switch
        {
            null => default,
            "ticker" when SettingChecks.IsSymbol(product) && price is { } p && time is { } t =>
                new FeedMessage(FeedMessageKind.Ticker, new Quote(product!, p, t), Sequence: sequence),
            "ticker" => default,
            "error" => new FeedMessage(FeedMessageKind.Error, Error: $"{error}: {reason}"),
            "heartbeat" when time is { } t => new FeedMessage(FeedMessageKind.Heartbeat, Time: t),
            _ => new FeedMessage(FeedMessageKind.Other),
        };
    }

    private static bool IsText(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => IsValue(ref reader, name, JsonTokenType.String);

    /// <summary>Whether the current property has this name and a value of this type. If so, the reader moves to the value.</summary>
    private static bool IsValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, JsonTokenType type)
    {
        if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(name))
        {
            return false;
        }

        var ahead = reader;
        if (!ahead.Read() || ahead.TokenType != type)
        {
            return false;
        }

        reader = ahead;
        return true;
    }

    /// <summary>The price with all its digits, including trailing zeros; null if a decimal cannot hold it exactly, or it is not above zero.</summary>
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
}
