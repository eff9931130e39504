using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>
/// Walks through the objects of one JSON message, forwards and without allocations. What the caller does not ask for is skipped. Throws
/// <see cref="JsonException"/> or <see cref="InvalidOperationException"/> where the message is no JSON. A copy remembers a place to return to.
/// </summary>
/// <param name="message">The message, in valid UTF-8.</param>
internal ref struct JsonWalker(ReadOnlySpan<byte> message)
{
    private static readonly SearchValues<byte> InLevels = SearchValues.Create("0123456789.\",[] "u8);

    private ReadOnlySpan<byte> _text = message;
    private Utf8JsonReader _reader = new(message);
    private NameBuffer _name;
    private int _nameLength;

    /// <summary>The name of the property, so that a switch can tell which it is; empty if it is longer than any that exchanges use.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<char> Name => ((ReadOnlySpan<char>)_name)[.._nameLength];

    /// <summary>Enters the value that comes next if it is an object, and skips it otherwise.</summary>
    public bool EnterObject() => Enter(JsonTokenType.StartObject);

    /// <summary>Enters the value that comes next if it is an array, and skips it otherwise.</summary>
    public bool EnterArray() => Enter(JsonTokenType.StartArray);

    /// <summary>Moves to the next property of the object. At the end, leaves the object.</summary>
    public bool NextProperty()
    {
        if (_reader.TokenType == JsonTokenType.PropertyName)
        {
            _reader.Skip(); // Nobody asked for its value.
        }

        _reader.Read();
        if (_reader.TokenType == JsonTokenType.PropertyName)
        {
            TakeName();
            return true;
        }

        if (_reader.CurrentDepth == 0)
        {
            _reader.Read(); // Throws if anything follows: then it is not one message.
        }

        return false;
    }

    /// <summary>Enters the next object of the array. At the end, leaves the array.</summary>
    public bool NextObject()
    {
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType == JsonTokenType.StartObject)
            {
                return true;
            }

            _reader.Skip();
        }

        return false;
    }

    /// <summary>The text of the value that comes next, if it is a string or a number; else empty.</summary>
    public ReadOnlySpan<byte> Text()
    {
        _reader.Read();
        if (_reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            return _reader.ValueIsEscaped ? Unescape() : _reader.ValueSpan;
        }

        _reader.Skip();
        return default;
    }

    /// <summary>The text of the value that comes next, if it is a string; else empty.</summary>
    public ReadOnlySpan<byte> String()
    {
        var text = Text();
        return _reader.TokenType == JsonTokenType.String ? text : default;
    }

    /// <summary>Whether the value that comes next is <c>false</c>.</summary>
    public bool IsFalse()
    {
        _reader.Read();
        var isFalse = _reader.TokenType == JsonTokenType.False;
        _reader.Skip();
        return isFalse;
    }

    /// <summary>Reads the first level of one side of a book, whose levels are arrays that begin with price and size. Skips the others.</summary>
    public void FirstLevel(out ReadOnlySpan<byte> price, out ReadOnlySpan<byte> size)
    {
        price = default;
        size = default;
        if (!EnterArray())
        {
            return;
        }

        var side = _reader.CurrentDepth;
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.StartArray)
        {
            price = Text();
            size = _reader.TokenType == JsonTokenType.EndArray ? default : Text();
            LeaveArray(side + 1);
            PassLevels();
        }

        LeaveArray(side);
    }

    private void LeaveArray(int depth)
    {
        while (_reader.TokenType != JsonTokenType.EndArray || _reader.CurrentDepth != depth)
        {
            _reader.Read();
        }
    }

    /// <summary>
    /// Moves to the end of the side without reading its levels, which are most of a message. Only if what lies between can be nothing but levels.
    /// </summary>
    private void PassLevels()
    {
        var rest = _text[(int)_reader.BytesConsumed..];
        if (rest.StartsWith((byte)',') && rest.IndexOf("]]"u8) is > 0 and var end && !rest[..end].ContainsAnyExcept(InLevels))
        {
            _text = rest[(end + 1)..];
            _reader = new Utf8JsonReader(_text, isFinalBlock: true, _reader.CurrentState);
        }
    }

    private bool Enter(JsonTokenType start)
    {
        _reader.Read();
        if (_reader.TokenType == start)
        {
            return true;
        }

        _reader.Skip();
        return false;
    }

    private void TakeName()
    {
        var name = _reader.ValueSpan;
        if (name.Length > NameBuffer.Length)
        {
            _nameLength = 0;
        }
        else if (_reader.ValueIsEscaped || Ascii.ToUtf16(name, _name, out _nameLength) != OperationStatus.Done)
        {
            _nameLength = _reader.CopyString((Span<char>)_name);
        }
    }

    private byte[] Unescape()
    {
        var unescaped = new byte[_reader.ValueSpan.Length];
        return unescaped[.._reader.CopyString(unescaped)];
    }

    [InlineArray(Length)]
    private struct NameBuffer
    {
        public const int Length = 32;
        private char _first;
    }
}
