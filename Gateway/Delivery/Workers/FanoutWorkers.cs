using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>Distributes the sessions over the workers, and wakes the workers when the market changes.</summary>
internal sealed class FanoutWorkers : IHostedService, IDisposable
{
    private readonly IMarketFeed _feed;
    private readonly FanoutWorker[] _workers;

    public FanoutWorkers(
        IMarketFeed feed,
        Func<ISendTransport> createTransport,
        IOptions<FanoutOptions> options,
        IOptions<TickerSessionOptions> sessions,
        TimeProvider time,
        ILogger<FanoutWorker> logger)
    {
        _feed = feed;
        _workers = [.. Enumerable.Range(0, options.Value.Workers)
            .Select(number => new FanoutWorker(number, feed, createTransport(), time, sessions.Value.StallTimeout, logger))];
    }

    /// <summary>The number of sessions; may be slightly out of date.</summary>
    public int Count => _workers.Sum(worker => worker.Count);

    /// <summary>Adds up a figure of all workers; may be slightly out of date.</summary>
    public long Sum(Func<SentCounts, long> figure) => _workers.Sum(worker => figure(worker.Sent));

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
