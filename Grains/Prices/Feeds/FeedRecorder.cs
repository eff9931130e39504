using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// Appends the feed's messages to a file that the replay source can play, one on each line: <c>Unix seconds \t message</c>. Writes in the
/// background, so a slow or failing disk never delays a price. Lost lines are counted.
/// </summary>
internal sealed partial class FeedRecorder : IAsyncDisposable
{
    /// <summary>The time before the next attempt after a failed write.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(10);

    private const int MaxWaitingLines = 1024;
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly TimeSpan _begun; // Since the Unix epoch.
    private readonly long _begunAt;
    private readonly ILogger<FeedRecorder> _logger;
    private readonly Channel<byte[]> _lines;
    private readonly Task _writing;
    private FileStream? _file;
    private long? _failedAt;
    private long _lost;

    public FeedRecorder(string path, TimeProvider time, ILogger<FeedRecorder> logger)
    {
        _path = path;
        _time = time;
        _begun = time.GetUtcNow() - DateTimeOffset.UnixEpoch;
        _begunAt = time.GetTimestamp();
        _logger = logger;
        _lines = Channel.CreateBounded<byte[]>(
            new BoundedChannelOptions(MaxWaitingLines) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
            _ => Interlocked.Increment(ref _lost));
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Records a message that was just received. Never waits.</summary>
    public void Record(ReadOnlySpan<byte> message)
    {
        // The replay plays the time between messages, which must not change when the clock is adjusted.
        var seconds = (_begun + _time.GetElapsedTime(_begunAt)).Ticks / (decimal)TimeSpan.TicksPerSecond;
        var stamp = seconds.ToString("0.000000", CultureInfo.InvariantCulture) + "\t";
        var line = new byte[stamp.Length + message.Length + 1];
        Encoding.ASCII.GetBytes(stamp, line);
        message.CopyTo(line.AsSpan(stamp.Length));
        line[^1] = (byte)'\n';

        // A raw line break in JSON is white space, so replacing it does not change the message.
        var text = line.AsSpan(stamp.Length, message.Length);
        text.Replace((byte)'\n', (byte)' ');
        text.Replace((byte)'\r', (byte)' ');
        _lines.Writer.TryWrite(line);
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        try
        {
            await _writing.WaitAsync(DrainTimeout, _time);
        }
        catch (TimeoutException)
        {
            LogNotDrained(_path, DrainTimeout);
        }
    }

    private async Task WriteAllAsync()
    {
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            if (_failedAt is { } failedAt && _time.GetElapsedTime(failedAt) < RetryInterval)
            {
                Interlocked.Increment(ref _lost);
                continue;
            }

            await WriteAsync(line);
        }

        await CloseAsync();
    }

    private async Task WriteAsync(byte[] line)
    {
        try
        {
            _file ??= Open(_path);
            await _file.WriteAsync(line);
            if (!_lines.Reader.TryPeek(out _))
            {
                await _file.FlushAsync();
            }

            _failedAt = null;
            if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
            {
                LogLinesLost(_path, lost);
            }
        }
#pragma warning disable CA1031 // Prices must go on, whatever is wrong with the file.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Interlocked.Increment(ref _lost);
            LogNotWritten(_failedAt is null ? LogLevel.Error : LogLevel.Debug, fault, _path, RetryInterval);
            _failedAt = _time.GetTimestamp();
            await CloseAsync();
        }
    }

    private static FileStream Open(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        if (file.Length > 0)
        {
            // An earlier process may have died in the middle of a line.
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
            {
                file.WriteByte((byte)'\n');
            }
        }

        return file;
    }

    private async Task CloseAsync()
    {
        try
        {
            if (_file is not null)
            {
                await _file.DisposeAsync();
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // The buffer of a failed file cannot be written when it is closed either.
            LogNotWritten(LogLevel.Debug, fault, _path, RetryInterval);
        }

        _file = null;
    }

    [LoggerMessage(EventId = 2030, Message = "Cannot record the feed to {Path}; prices go on, and the next try is in {Interval}")]
    private partial void LogNotWritten(LogLevel level, Exception fault, string path, TimeSpan interval);

    [LoggerMessage(2031, LogLevel.Warning, "Recording to {Path} goes on; {Lost} messages before this one are not in it")]
    private partial void LogLinesLost(string path, long lost);

    [LoggerMessage(2032, LogLevel.Warning, "The recording {Path} was not finished within {Timeout}")]
    private partial void LogNotDrained(string path, TimeSpan timeout);
}
