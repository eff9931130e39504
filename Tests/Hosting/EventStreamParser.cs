using System.Globalization;
using System.Text;

namespace OrleansTicker.Tests.Hosting;

/// <summary>
/// Interprets a stream as the HTML standard says (9.2.6), whatever pieces it comes in. It knows nothing of this server, and refuses what the
/// standard lets clients ignore but this server should not send.
/// </summary>
internal sealed class EventStreamParser
{
    private readonly Decoder _decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
    private readonly StringBuilder _line = new();
    private readonly StringBuilder _data = new();
    private readonly Queue<StreamEvent> _events = new();
    private string _name = "";
    private string _idBuffer = "";
    private bool _isStart = true;
    private bool _afterReturn;

    /// <summary>The last id, as a client sends it when it connects again.</summary>
    public string LastId { get; private set; } = "";

    /// <summary>The reconnection time in milliseconds, if the stream has set it.</summary>
    public int? Retry { get; private set; }

    /// <summary>How many comments there were.</summary>
    public int Comments { get; private set; }

    /// <summary>Whether what has come so far ends with a whole event or comment.</summary>
    public bool IsBetweenEvents => _line.Length == 0 && _data.Length == 0 && _name.Length == 0;

    /// <summary>Takes the next piece of the stream.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length + 1];
        foreach (var character in text.AsSpan(0, _decoder.GetChars(bytes, text, flush: false)))
        {
            Add(character);
        }
    }

    /// <summary>The next event; null if none has come completely.</summary>
    public StreamEvent? Take() => _events.TryDequeue(out var next) ? next : null;

    private void Add(char character)
    {
        var isMark = _isStart && character == '\uFEFF';
        var isSecondOfPair = _afterReturn && character == '\n';
        (_isStart, _afterReturn) = (false, character == '\r');
        if (isMark || isSecondOfPair)
        {
            return;
        }

        if (character is '\r' or '\n')
        {
            var line = _line.ToString();
            _line.Clear();
            End(line);
        }
        else
        {
            _line.Append(character);
        }
    }

    private void End(string line)
    {
        if (line.Length == 0)
        {
            Dispatch();
        }
        else if (line[0] == ':')
        {
            Comments++;
        }
        else
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (field, value) = colon < 0 ? (line, "") : (line[..colon], line[(colon + 1)..]);
            Process(field, value.StartsWith(' ') ? value[1..] : value);
        }
    }

    private void Process(string field, string value)
    {
        switch (field)
        {
            case "event":
                _name = value;
                break;
            case "data":
                _data.Append(value).Append('\n');
                break;
            case "id":
                Assert.DoesNotContain('\0', value);
                _idBuffer = value;
                break;
            case "retry":
                Retry = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
                break;
            default:
                Assert.Fail($"There is no field {field}.");
                break;
        }
    }

    private void Dispatch()
    {
        LastId = _idBuffer;
        if (_data.Length > 0)
        {
            _events.Enqueue(new StreamEvent(_name.Length == 0 ? "message" : _name, _data.ToString(0, _data.Length - 1), LastId));
        }

        _data.Clear();
        _name = "";
    }
}
