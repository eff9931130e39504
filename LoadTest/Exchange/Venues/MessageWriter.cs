using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>Writes one JSON message after another into the same buffer. A value that is null is left out with its name. Not thread-safe.</summary>
internal sealed class MessageWriter : IDisposable
{
    private const int MaxNumberLength = 40;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    public MessageWriter() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Whether numbers have exponents.</summary>
    public bool WritesExponents { get; set; }

    /// <summary>Begins a message: an object.</summary>
    public MessageWriter Begin()
    {
        Reset();
        _json.WriteStartObject();
        return this;
    }

    /// <summary>Begins a message that is a list.</summary>
    public MessageWriter BeginList()
    {
        Reset();
        _json.WriteStartArray();
        return this;
    }

    /// <summary>Ends the message.</summary>
    /// <returns>Its bytes, until the next one begins.</returns>
    public ReadOnlySpan<byte> End()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan;
    }

    /// <summary>Ends a message that is a list.</summary>
    public ReadOnlySpan<byte> EndOfList()
    {
        _json.WriteEndArray();
        _json.Flush();
        return _buffer.WrittenSpan;
    }

    public void Object(ReadOnlySpan<byte> name) => _json.WriteStartObject(name);

    public void Object() => _json.WriteStartObject();

    public void EndObject() => _json.WriteEndObject();

    public void List(ReadOnlySpan<byte> name) => _json.WriteStartArray(name);

    public void List() => _json.WriteStartArray();

    public void EndList() => _json.WriteEndArray();

    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => _json.WriteString(name, value);

    public void Text(ReadOnlySpan<byte> name, string value) => _json.WriteString(name, value);

    public void Text(string value) => _json.WriteStringValue(value);

    /// <summary>A decimal as a string, with all its digits.</summary>
    public void Text(ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is { } known)
        {
            _json.WritePropertyName(name);
            Text(known);
        }
    }

    public void Text(decimal value)
    {
        Span<byte> digits = stackalloc byte[MaxNumberLength];
        value.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        _json.WriteStringValue(digits[..length]);
    }

    /// <summary>A whole number as a string.</summary>
    public void Text(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } known)
        {
            Span<byte> digits = stackalloc byte[MaxNumberLength];
            known.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
            _json.WriteString(name, digits[..length]);
        }
    }

    public void Number(ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is not { } known)
        {
            return;
        }

        if (!WritesExponents)
        {
            _json.WriteNumber(name, known);
            return;
        }

        Span<byte> digits = stackalloc byte[MaxNumberLength];
        var whole = new decimal(decimal.GetBits(known) is var bits ? bits[0] : 0, bits[1], bits[2], known < 0, scale: 0);
        whole.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        "e-"u8.CopyTo(digits[length..]);
        ((int)known.Scale).TryFormat(digits[(length + 2)..], out var more, provider: CultureInfo.InvariantCulture);
        _json.WritePropertyName(name);
        _json.WriteRawValue(digits[..(length + 2 + more)], skipInputValidation: true);
    }

    public void Integer(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } known)
        {
            _json.WriteNumber(name, known);
        }
    }

    public void Boolean(ReadOnlySpan<byte> name, bool value) => _json.WriteBoolean(name, value);

    public void Null(ReadOnlySpan<byte> name) => _json.WriteNull(name);

    /// <summary>A part of a message that the client sent, as it sent it.</summary>
    public void Copy(ReadOnlySpan<byte> name, JsonElement value)
    {
        _json.WritePropertyName(name);
        value.WriteTo(_json);
    }

    /// <summary>A time in microseconds: <c>2026-01-31T12:00:00.123456Z</c>.</summary>
    public void IsoTime(ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            const int Kept = 26; // The format has seven decimals, of which six are kept.
            Span<byte> text = stackalloc byte[28];
            known.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
            text[Kept] = (byte)'Z';
            _json.WriteString(name, text[..(Kept + 1)]);
        }
    }

    public void Dispose() => _json.Dispose();

    private void Reset()
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
    }
}
