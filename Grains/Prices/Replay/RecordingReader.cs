using System.Globalization;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>
/// Reads a recording line by line. A line is <c>Unix seconds, with fraction \t message</c>. A byte order mark before a line, which editors
/// write and concatenated files have in the middle, is skipped. Not thread-safe.
/// </summary>
internal sealed class RecordingReader : IDisposable
{
    /// <summary>The longest line, in bytes. A longer one is a bad line.</summary>
    public const int MaxLineBytes = 1024 * 1024;

    // The end of the year 9999.
    private const decimal MaxSeconds = 253_402_300_799m;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly FileStream _file;
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private bool _isInTooLongLine;

    private RecordingReader(FileStream file) => _file = file;

    /// <summary>The number of lines that are not recorded messages.</summary>
    public int BadLines { get; private set; }

    public static RecordingReader Open(string path) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous));

    /// <summary>The next message; null at the end of the file. Bad lines are skipped and counted, empty ones are skipped.</summary>
    public async ValueTask<RecordedMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            if (TryParse(line, out var message))
            {
                return message;
            }

            BadLines += line.Span.Trim(" \r"u8).IsEmpty ? 0 : 1;
        }

        return null;
    }

    /// <summary>What the file is instead of a recording, and what to do with it; null if it may be a recording. Moves to the first line.</summary>
    public string? FindForeignEncoding()
    {
        Span<byte> start = stackalloc byte[RecordingEncoding.Length];
        _file.Seek(0, SeekOrigin.Begin);
        var length = _file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        _file.Seek(0, SeekOrigin.Begin);
        return RecordingEncoding.Describe(start[..length]);
    }

    public void Dispose() => _file.Dispose();

    private static bool TryParse(ReadOnlyMemory<byte> line, out RecordedMessage message)
    {
        message = default;
        line = line.Span.StartsWith(ByteOrderMark) ? line[ByteOrderMark.Length..] : line;
        var tab = line.Span.IndexOf((byte)'\t');
        if (tab < 0 || !TryParseSeconds(line.Span[..tab], out var receivedAt))
        {
            return false;
        }

        message = new RecordedMessage(receivedAt, line[(tab + 1)..]);
        return true;
    }

    private static bool TryParseSeconds(ReadOnlySpan<byte> text, out TimeSpan time)
    {
        var isTime = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= MaxSeconds;
        time = isTime ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) : default;
        return isTime;
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + length);
                _start += searched + length + 1;
                searched = 0;
                if (!EndsTooLongLine())
                {
                    return line;
                }

                continue;
            }

            searched = _end - _start;
            if (searched >= MaxLineBytes)
            {
                _isInTooLongLine = true;
                _start = _end = searched = 0;
            }

            if (await FillAsync(cancellationToken) == 0)
            {
                var rest = _buffer.AsMemory(_start, _end - _start);
                _start = _end;
                if (EndsTooLongLine() || rest.IsEmpty)
                {
                    return null;
                }

                return rest;
            }
        }
    }

    private bool EndsTooLongLine()
    {
        var ends = _isInTooLongLine;
        BadLines += ends ? 1 : 0;
        _isInTooLongLine = false;
        return ends;
    }

    private async ValueTask<int> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MaxLineBytes));
        }

        var read = await _file.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        return read;
    }
}
