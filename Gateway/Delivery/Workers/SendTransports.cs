using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Delivery.Direct;
using OrleansTicker.Gateway.Delivery.Uring;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>Creates the workers' transports: io_uring if settings and system allow it, otherwise send(2).</summary>
internal sealed partial class SendTransports(IOptions<FanoutOptions> options, TimeProvider time, ILogger<SendTransports> logger)
{
    /// <summary>The largest batch for io_uring; a power of two.</summary>
    internal const int BatchSize = 128;

    private readonly Lock _falling = new();
    private string? _reason;

    /// <summary>Whether the settings leave all writing to the web server.</summary>
    public bool IsStream => options.Value.TransportKind == TransportKind.Stream;

    /// <summary>Why frames are not sent by io_uring, as a clause; null if they are, or if they are not meant to be. Any thread may read it.</summary>
    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>Creates a transport.</summary>
    public ISendTransport Create()
    {
        var direct = new DirectTransport();
        if (options.Value.TransportKind is TransportKind.Send or TransportKind.Stream || Reason is not null)
        {
            return direct;
        }

        if (UringSetup.TryCreate(BatchSize, out var reason) is { } ring)
        {
            return new UringTransport(ring, direct, error => FallBack(UringSetup.Explain(error)), time);
        }

        FallBack(reason!);
        return direct;
    }

    /// <summary>Notes and logs why frames are sent by send(2). Only the first reason counts.</summary>
    private void FallBack(string reason)
    {
        lock (_falling)
        {
            if (_reason is null)
            {
                Volatile.Write(ref _reason, reason);
                LogFallback(reason);
            }
        }
    }

    [LoggerMessage(3104, LogLevel.Information, "Prices are sent with a system call each, since {Reason}")]
    private partial void LogFallback(string reason);
}
