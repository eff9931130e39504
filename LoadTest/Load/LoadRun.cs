using System.Collections.Concurrent;
using System.Globalization;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Load;

/// <summary>Connects clients, measures what they receive, and disconnects them.</summary>
internal sealed class LoadRun(LoadPlan plan, IProgressView progress, TimeProvider time) : IDisposable
{
    /// <summary>How many handshakes run at the same time.</summary>
    private const int Handshakes = 128;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly LoadMeter _meter = new(time);
    private readonly MessageCache _messages = new();
    private readonly ConcurrentDictionary<string, int> _errors = new();
    private readonly ConcurrentBag<LoadClient> _clients = [];
    private readonly ConcurrentBag<Task> _reading = [];

    /// <exception cref="TokenRefusedException">The API key was not accepted.</exception>
    /// <exception cref="LoadException">The run cannot be executed as planned.</exception>
    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        using var exchange = new TokenExchange();
        var token = await exchange.ExchangeAsync(plan.Gateway, plan.ApiKey, cancellationToken);
        if (token.Lifetime <= plan.Duration)
        {
            throw new LoadException($"The token lasts {token.Lifetime.TotalSeconds} s, less than the run. Choose a shorter --duration, or raise the server's Tokens:Lifetime.");
        }

        var connectSeconds = await ConnectAsync(token.Value, cancellationToken);
        var seconds = await MeasureAsync(cancellationToken);
        var closes = _clients.Where(client => client.End is not null).ToList();
        var report = ReportOf(connectSeconds, seconds, closes);
        await DisconnectAsync();
        return report;
    }

    public void Dispose() => _meter.Dispose();

    private async Task<double> ConnectAsync(string token, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var slow = (int)Math.Round(plan.Clients * plan.Slow);
        var connecting = Parallel.ForEachAsync(
            Enumerable.Range(0, plan.Clients),
            new ParallelOptions { MaxDegreeOfParallelism = Handshakes, CancellationToken = cancellationToken },
            async (number, stop) => await ConnectAsync(number, isSlow: (long)number * slow / plan.Clients != (number + 1L) * slow / plan.Clients, token, stop));
        while (await Task.WhenAny(connecting, Task.Delay(PollInterval, time, CancellationToken.None)) != connecting)
        {
            progress.Show($"connecting: {_clients.Count:N0} of {plan.Clients:N0}, {_errors.Values.Sum():N0} failed");
        }

        await connecting;
        return time.GetElapsedTime(started).TotalSeconds;
    }

    private async Task ConnectAsync(int number, bool isSlow, string token, CancellationToken cancellationToken)
    {
        var client = new LoadClient(_meter, isSlow);
        try
        {
            await client.ConnectAsync(plan, number, token, _messages, time, cancellationToken);
            _clients.Add(client);
            _reading.Add(Task.Run(client.ReadAsync, CancellationToken.None));
        }
        catch (HandshakeException e)
        {
            _errors.AddOrUpdate($"connect: {e.Message}", 1, (_, count) => count + 1);
        }
    }

    private async Task<double> MeasureAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var (shownAt, shown) = (started, 0L);
        _meter.IsMeasuring = true;
        TimeSpan left;
        while ((left = plan.Duration - time.GetElapsedTime(started)) > TimeSpan.Zero && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(left < PollInterval ? left : PollInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var (now, frames) = (time.GetTimestamp(), _meter.Frames);
            var rate = (frames - shown) / time.GetElapsedTime(shownAt, now).TotalSeconds;
            (shownAt, shown) = (now, frames);
            progress.Show($"measuring: {Math.Max(0, left.TotalSeconds):N0} s left, {rate:N0} frames/s, {_clients.Count(client => client.End is null):N0} open");
        }

        _meter.IsMeasuring = false;
        return time.GetElapsedTime(started).TotalSeconds;
    }

    private async Task DisconnectAsync()
    {
        progress.Show("closing");
        await Task.WhenAll(_clients.Where(client => client.End is null && !client.IsSlow).Select(client => client.CloseAsync()))
            .WaitAsync(CloseTimeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var reading = Task.WhenAll(_reading);
        foreach (var client in _clients.Where(client => client.IsSlow))
        {
            client.Cut(); // It would take too long to read up to the close.
        }

        await reading.WaitAsync(CloseTimeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var client in _clients)
        {
            client.Cut();
        }

        await reading;
    }

    private LoadReport ReportOf(double connectSeconds, double seconds, List<LoadClient> closed)
    {
        foreach (var client in closed)
        {
            var end = client.End!.Value;
            _errors.AddOrUpdate($"closed: {end.Code.ToString(CultureInfo.InvariantCulture)} {end.Text}", 1, (_, count) => count + 1);
        }

        if (_clients.Sum(client => client.Errors) is > 0 and var answered)
        {
            _errors["error messages of the server"] = answered;
        }

        var readers = _clients.Where(client => !client.IsSlow).Select(client => (double)client.Frames).ToList();
        var silent = _clients.Count(client => !client.HasPrices);
        var wrong = closed.Count(client => client.End!.Value.Text.StartsWith("the server sent", StringComparison.Ordinal));
        return new LoadReport
        {
            Url = plan.Gateway.ToString(),
            Clients = plan.Clients,
            SlowClients = (int)Math.Round(plan.Clients * plan.Slow),
            Connected = _clients.Count,
            ConnectSeconds = connectSeconds,
            ConnectsPerSecond = _clients.Count / connectSeconds,
            Seconds = seconds,
            Frames = _meter.Frames,
            FramesPerSecond = _meter.Frames / seconds,
            MegabytesPerSecond = _meter.Bytes / seconds / 1e6,
            ConflatedTicks = _meter.Conflated,
            Snapshots = _meter.Snapshots,
            LeastServed = readers.Count > 0 && readers.Average() > 0 ? readers.Min() / readers.Average() : 0,
            Age = AgeReport.Of(_meter.MergeAges(tally => tally.Ages)),
            SlowAge = AgeReport.Of(_meter.MergeAges(tally => tally.SlowAges)),
            Closes = new(closed.GroupBy(client => client.End!.Value.Code).ToDictionary(group => group.Key, group => group.Count())),
            Errors = new(_errors.ToDictionary(), StringComparer.Ordinal),
            Checks =
            [
                new("every client connected", _clients.Count == plan.Clients, $"{_clients.Count:N0} of {plan.Clients:N0}"),
                new("every client was sent prices", silent == 0, $"{silent:N0} without"),
                new("no socket was closed", closed.Count == 0, $"{closed.Count:N0} closed"),
                new("every message followed on the one before", wrong == 0, $"{wrong:N0} broke the protocol"),
                new("the server sent no error", !_clients.Any(client => client.Errors > 0), $"{_clients.Sum(client => client.Errors):N0} errors"),
            ],
        };
    }
}
