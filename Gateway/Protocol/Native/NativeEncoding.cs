using System.Buffers;
using System.Text.Json;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary>Writes <c>ticker</c> messages.</summary>
internal sealed class NativeEncoding : IQuoteEncoding
{
    private const int FirstCapacity = 1024;

    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Ticker = JsonEncodedText.Encode("ticker");
    private static readonly JsonEncodedText Epoch = JsonEncodedText.Encode("epoch");
    private static readonly JsonEncodedText Seq = JsonEncodedText.Encode("seq");
    private static readonly JsonEncodedText PrevSeq = JsonEncodedText.Encode("prev_seq");
    private static readonly JsonEncodedText Ts = JsonEncodedText.Encode("ts");
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");

    /// <summary>The buffer in which a thread writes a message before it is framed.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _json;

    private readonly bool _isCompressed;

    private NativeEncoding(bool isCompressed, DetailLevel detail)
    {
        _isCompressed = isCompressed;
        Detail = detail;
    }

    /// <summary>Uncompressed messages of prices.</summary>
    public static NativeEncoding Plain { get; } = new(isCompressed: false, DetailLevel.Price);

    /// <summary>Uncompressed messages of everything that is known.</summary>
    public static NativeEncoding PlainFull { get; } = new(isCompressed: false, DetailLevel.Full);

    /// <summary>
    /// Messages of prices that are deflated if that makes them shorter. Each is compressed without the context of the one before, so that sessions
    /// can share them.
    /// </summary>
    public static NativeEncoding Compressed { get; } = new(isCompressed: true, DetailLevel.Price);

    /// <summary>The same of everything that is known.</summary>
    public static NativeEncoding CompressedFull { get; } = new(isCompressed: true, DetailLevel.Full);

    public DetailLevel Detail { get; }

    public byte[] Encode(MarketState state, long prevSeq, ReadOnlySpan<int> places) =>
        NativeFrame.Of(WriteJson(state, prevSeq, places, Detail), _isCompressed);

    /// <summary>Writes the JSON of a message of quotes, without a frame.</summary>
    /// <param name="state">The state that the message leads to.</param>
    /// <param name="prevSeq">The seq that it starts from.</param>
    /// <param name="places">The places of the quotes in the state.</param>
    /// <param name="detail">How much of each quote is written.</param>
    /// <returns>The JSON, which this thread's next call overwrites.</returns>
    internal static ReadOnlySpan<byte> WriteJson(MarketState state, long prevSeq, ReadOnlySpan<int> places, DetailLevel detail)
    {
        var json = _json ??= new ArrayBufferWriter<byte>(FirstCapacity);
        json.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(json, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteString(Type, Ticker);
        writer.WriteNumber(Epoch, state.At.Epoch);
        writer.WriteNumber(Seq, state.At.Seq);
        writer.WriteNumber(PrevSeq, prevSeq);
        writer.WriteNumber(Ts, NativeQuote.Microseconds(state.PublishedAt));
        writer.WriteStartArray(Data);
        var names = state.Names;
        foreach (var place in places)
        {
            var quote = state[place].Quote;
            writer.WriteStartObject();
            NativeQuote.WritePrice(writer, names[place], quote);
            if (detail == DetailLevel.Full)
            {
                NativeQuote.WriteRest(writer, quote);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return json.WrittenSpan;
    }
}
