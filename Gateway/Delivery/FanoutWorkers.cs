using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>Spreads the sessions over the workers and wakes these when the market has moved.</summary>
internal sealed class FanoutWorkers : IHostedService, IDisposable
{
    private readonly IMarketFeed _feed;
    private readonly FanoutWorker[] _workers;

    public FanoutWorkers(
        IMarketFeed feed,
        Views views,
        IOptions<FanoutOptions> options,
        IOptions<TickerSessionOptions> sessions,
        TimeProvider time,
        ILogger<FanoutWorker> logger)
    {
        _feed = feed;
        _workers = [.. Enumerable.Range(0, options.Value.Workers)
            .Select(number => new FanoutWorker(number, feed, views, time, sessions.Value.StallTimeout, logger))];
    }

    /// <summary>How many sessions there are, as of a moment ago.</summary>
    public int Count => _workers.Sum(worker => worker.Count);

    /// <summary>A figure of all workers together, as of a moment ago.</summary>
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

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask; // Sessions may still say goodbye: Dispose stops.

    /// <summary>Begins to send to a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cursor">What its client has already; the default for nothing.</param>
    public void Add(Session session, Cursor cursor)
    {
        session.Worker = _workers.MinBy(worker => worker.Count);
        session.Worker!.Add(session, cursor);
    }

    /// <summary>Stops sending to a session; when the task ends its socket is no longer touched.</summary>
    public static Task RemoveAsync(Session session) => session.Worker!.RemoveAsync(session);

    public void Dispose()
    {
        foreach (var worker in _workers)
        {
            _feed.Changed -= worker.OnChanged;
            worker.Dispose();
        }
    }
}
