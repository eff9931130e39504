using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>Parses the server's messages (docs/protocol.md). Unknown fields and types are ignored.</summary>
internal static class MessageParser
{
    /// <exception cref="FrameException">It is not a message of the protocol.</exception>
    public static ServerMessage Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return Read(text);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new FrameException($"a message that cannot be read: {e.Message}");
        }
    }

    private static ServerMessage Read(ReadOnlySpan<byte> text)
    {
        var kind = MessageKind.Other;
        long epoch = 0, seq = 0, prevSeq = 0, publishedAt = 0, after = 0;
        ReceivedQuote[] quotes = [];
        ReceivedFeed[] feeds = [];
        string? code = null;
        var reader = new Utf8JsonReader(text);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FrameException("a message that is no JSON object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                kind = KindOf(ref reader);
            }
            else if (reader.ValueTextEquals("epoch"u8))
            {
                epoch = ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("seq"u8))
            {
                seq = ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("prev_seq"u8))
            {
                prevSeq = ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("ts"u8))
            {
                publishedAt = ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("after_ms"u8))
            {
                after = ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("data"u8) && kind != MessageKind.Candles) // Those are read by who wants them.
            {
                reader.Read();
                quotes = ReadQuotes(ref reader);
            }
            else if (reader.ValueTextEquals("feeds"u8))
            {
                reader.Read();
                feeds = ReadFeeds(ref reader);
            }
            else if (reader.ValueTextEquals("code"u8))
            {
                reader.Read();
                code = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        return new ServerMessage
        {
            Bytes = text.ToArray(),
            Kind = kind,
            Cursor = new Cursor(epoch, seq),
            PrevSeq = prevSeq,
            PublishedAt = publishedAt,
            Quotes = quotes,
            Feeds = feeds,
            After = TimeSpan.FromMilliseconds(Math.Max(after, 0)),
            Code = code,
        };
    }

    private static MessageKind KindOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("ticker"u8) ? MessageKind.Ticker
        : reader.ValueTextEquals("welcome"u8) ? MessageKind.Welcome
        : reader.ValueTextEquals("pong"u8) ? MessageKind.Pong
        : reader.ValueTextEquals("error"u8) ? MessageKind.Error
        : reader.ValueTextEquals("reconnect"u8) ? MessageKind.Reconnect
        : reader.ValueTextEquals("status"u8) ? MessageKind.Status
        : reader.ValueTextEquals("candles"u8) ? MessageKind.Candles
        : MessageKind.Other;

    private static long ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt64();
    }

    private static ReceivedQuote[] ReadQuotes(ref Utf8JsonReader reader)
    {
        var quotes = new List<ReceivedQuote>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            string? symbol = null;
            decimal price = 0;
            long timestamp = 0;
            var isStale = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("symbol"u8))
                {
                    reader.Read();
                    symbol = reader.GetString();
                }
                else if (reader.ValueTextEquals("price"u8))
                {
                    reader.Read();
                    price = reader.GetDecimal();
                }
                else if (reader.ValueTextEquals("timestamp"u8))
                {
                    timestamp = ReadNumber(ref reader);
                }
                else if (reader.ValueTextEquals("stale"u8))
                {
                    reader.Read();
                    isStale = reader.GetBoolean();
                }
                else
                {
                    reader.Skip();
                }
            }

            quotes.Add(new ReceivedQuote(symbol ?? throw new FrameException("a quote without a symbol"), price, timestamp, isStale, HashOf(symbol, price, timestamp, isStale)));
        }

        return [.. quotes];
    }

    private static ReceivedFeed[] ReadFeeds(ref Utf8JsonReader reader)
    {
        var feeds = new List<ReceivedFeed>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            string? exchange = null;
            var isLive = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("exchange"u8))
                {
                    reader.Read();
                    exchange = reader.GetString();
                }
                else if (reader.ValueTextEquals("state"u8))
                {
                    reader.Read();
                    isLive = reader.ValueTextEquals("live"u8);
                }
                else
                {
                    reader.Skip();
                }
            }

            feeds.Add(new ReceivedFeed(exchange ?? throw new FrameException("a status without an exchange"), isLive));
        }

        return [.. feeds];
    }

    private static ulong HashOf(string symbol, decimal price, long timestamp, bool isStale)
    {
        Span<byte> bytes = stackalloc byte[25];
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(price / 1.000000000000000000000000000m, bits); // 1.50 and 1.5 are the same price: the division removes trailing zeros.
        MemoryMarshal.AsBytes(bits).CopyTo(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], timestamp);
        bytes[24] = isStale ? (byte)1 : (byte)0;
        return XxHash3.HashToUInt64(bytes, (long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(symbol)));
    }
}
