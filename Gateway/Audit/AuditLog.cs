using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Audit;

/// <summary>
/// Writes the audit log: each event to the logger <see cref="Category"/> and, through a bounded queue and one loop, to files. No request
/// ever waits for the disk; events that the disk does not take are lost, counted and reported in both logs.
/// </summary>
internal sealed partial class AuditLog : IAuditLog, IHostedService, IDisposable
{
    /// <summary>The logger's category, by which it can be routed.</summary>
    public const string Category = "OrleansTicker.Audit";

    /// <summary>How many events are written at once.</summary>
    private const int LargestBatch = 256;

    private readonly Channel<AuditLine> _queue;
    private readonly AuditFiles? _files;
    private readonly TimeProvider _time;
    private readonly ILogger _events;
    private readonly ILogger _logger;
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly Utf8JsonWriter _json;
    private Task _writing = Task.CompletedTask;
    private long _lost;
    private bool _isFailing;

    public AuditLog(IOptions<AuditOptions> options, IHostEnvironment environment, TimeProvider time, ILoggerFactory loggers)
    {
        _queue = Channel.CreateBounded<AuditLine>(new BoundedChannelOptions(options.Value.Queue) { SingleReader = true });
        _files = options.Value.Folder.Length == 0
            ? null
            : new AuditFiles(
                Path.GetFullPath(options.Value.Folder, environment.ContentRootPath), options.Value.MaxFileBytes, options.Value.MaxFiles, time);
        _time = time;
        _events = loggers.CreateLogger(Category);
        _logger = loggers.CreateLogger<AuditLog>();
        _json = new Utf8JsonWriter(_lines);
    }

    /// <inheritdoc/>
    public void Write(AuditEvent happened)
    {
        var line = AuditLine.Of(happened, _time.GetUtcNow());
        LogEvent(_events, line.Actor, line.Action, line.Resource, line.Address, line.Allowed, line.Detail);
        if (_files is not null && !_queue.Writer.TryWrite(line))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>Starts writing.</summary>
    /// <exception cref="OptionsValidationException">The folder cannot be written to.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_files is not null)
        {
            try
            {
                _files.Open();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new OptionsValidationException(
                    Options.DefaultName,
                    typeof(AuditOptions),
                    [$"The audit log cannot be written: {e.Message} Set Audit:Folder to a folder that can, or to nothing for no files."]);
            }

            _writing = Task.Run(WriteAsync, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    /// <summary>Writes what is still queued.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        return _writing.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _files?.Dispose();
        _json.Dispose();
    }

    private async Task WriteAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            var count = 0;
            while (count < LargestBatch && _queue.Reader.TryRead(out var line))
            {
                Add(line);
                count++;
            }

            Flush(count);
        }
    }

    private void Flush(int count)
    {
        var lost = Interlocked.Exchange(ref _lost, 0);
        if (lost > 0)
        {
            Add(new AuditLine(_time.GetUtcNow(), "audit.write", "audit", false, null, null, $"{lost} events before this one were lost"));
        }

        try
        {
            _files!.Append(_lines.WrittenSpan);
            if (lost > 0)
            {
                LogLost(_logger, lost);
            }

            _isFailing = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Interlocked.Add(ref _lost, lost + count);
            if (!_isFailing)
            {
                _isFailing = true; // Logged once, until it works again.
                LogFailing(_logger, e);
            }
        }

        _lines.ResetWrittenCount();
    }

    private void Add(AuditLine line)
    {
        JsonSerializer.Serialize(_json, line, AuditJson.Default.AuditLine);
        _json.Flush();
        _json.Reset();
        _lines.Write("\n"u8);
    }

    [LoggerMessage(2300, LogLevel.Information, "{ActorId} {Action} {Resource} from {Address}: allowed {IsAllowed}. {Detail}")]
    private static partial void LogEvent(
        ILogger logger, string? actorId, string action, string resource, string? address, bool isAllowed, string? detail);

    [LoggerMessage(2301, LogLevel.Error, "The audit log cannot be written; events are lost until it can")]
    private static partial void LogFailing(ILogger logger, Exception e);

    [LoggerMessage(2302, LogLevel.Warning, "{Count} events of the audit log were lost")]
    private static partial void LogLost(ILogger logger, long count);
}
