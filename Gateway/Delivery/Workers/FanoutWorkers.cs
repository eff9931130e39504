using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>Distributes the sessions over the workers, and wakes the workers when the market changes.</summary>
internal sealed class FanoutWorkers : IHostedService, IDisposable
{
    private readonly IMarketFeed _feed;
    private readonly SendTransports _transports;
    private readonly FanoutWorker[] _workers;

    public FanoutWorkers(
        IMarketFeed feed,
        SendTransports transports,
        IOptions<FanoutOptions> options,
        IOptions<TickerSessionOptions> sessions,
        TimeProvider time,
        ILogger<FanoutWorker> logger)
    {
        (_feed, _transports) = (feed, transports);
        _workers = [.. Enumerable.Range(0, options.Value.Workers)
            .Select(number => new FanoutWorker(number, feed, transports.Create(), time, sessions.Value.StallTimeout, logger))];
    }

    /// <summary>The number of sessions; may be slightly out of date.</summary>
    public int Count => _workers.Sum(worker => worker.Count);

    /// <summary>Adds up a figure of all workers; may be slightly out of date.</summary>
    public long Sum(Func<SentCounts, long> figure) => _workers.Sum(worker => figure(worker.Sent));

    /// <summary>How frames are sent to connections that allow it. If one worker falls back, this is what it has fallen back to.</summary>
    public TransportKind Transport =>
        _transports.IsStream ? TransportKind.Stream : _workers.All(worker => worker.Transport == TransportKind.Uring) ? TransportKind.Uring : TransportKind.Send;

    /// <summary>Why frames are not sent by io_uring, as a clause; null if they are, or if they are not meant to be.</summary>
    public string? TransportReason => _transports.Reason;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var worker in _workers)
        {
            _feed.Changed += worker.OnChanged;
            worker.Start();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask; // Sessions may still close; Dispose stops the workers.

    /// <summary>
    /// Reserves a slot for a session that is about to open, at the worker with the fewest slots. The caller must release it in any case.
    /// </summary>
    public SessionSlot Reserve() => _workers.MinBy(worker => worker.Reserved)!.Reserve();

    public void Dispose()
    {
        foreach (var worker in _workers)
        {
            _feed.Changed -= worker.OnChanged;
            worker.Dispose();
        }
    }
}
