using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Load;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Api;

/// <summary>
/// Asks a server for the same thing again and again, and measures the answers. With a rate, requests are due at fixed times, whether the
/// answers come or not, so that a server that stands still for a moment is slow for all who would have asked meanwhile.
/// </summary>
internal sealed class ApiRun(ApiPlan plan, IProgressView progress, TimeProvider time) : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        MaxConnectionsPerServer = plan.Connections,
        UseCookies = false,
        UseProxy = false,
    });

    private readonly Uri _address = new(plan.Gateway, plan.Path);
    private string? _token;

    /// <exception cref="TokenRefusedException">The key was not accepted.</exception>
    public async Task<ApiReport> RunAsync(CancellationToken cancellationToken)
    {
        if (plan.ApiKey is { } apiKey)
        {
            using var exchange = new TokenExchange();
            _token = (await exchange.ExchangeAsync(plan.Gateway, apiKey, cancellationToken)).Value;
        }

        await MeasureAsync("warming up", plan.WarmUp, cancellationToken);
        var (tally, seconds) = await MeasureAsync("measuring", plan.Duration, cancellationToken);
        var (requests, errors) = (tally.Statuses.Values.Sum(), tally.Errors.Values.Sum());
        var refused = tally.Statuses.Where(status => status.Key is < 200 or >= 300 and not (int)HttpStatusCode.NotModified).Sum(status => status.Value);
        return new ApiReport
        {
            Url = _address.ToString(),
            Rate = plan.Rate,
            Connections = plan.Connections,
            Seconds = seconds,
            Requests = requests,
            RequestsPerSecond = requests / seconds,
            Bytes = tally.Bytes,
            MegabytesPerSecond = tally.Bytes / seconds / 1e6,
            Latency = AgeReport.Of(tally.Latencies),
            Statuses = tally.Statuses,
            Errors = tally.Errors,
            Checks =
            [
                new("every request was answered", errors == 0 && requests > 0, string.Create(CultureInfo.InvariantCulture, $"{requests:N0} were, {errors:N0} were not")),
                new("no answer was a refusal or an error", refused == 0, string.Create(CultureInfo.InvariantCulture, $"{refused:N0} were")),
            ],
        };
    }

    public void Dispose() => _http.Dispose();

    private async Task<(ApiTally Tally, double Seconds)> MeasureAsync(string what, TimeSpan length, CancellationToken cancellationToken)
    {
        var schedule = new ApiSchedule(plan.Rate, length, time);
        var tallies = Enumerable.Range(0, plan.Connections).Select(_ => new ApiTally()).ToList();
        var running = Task.WhenAll(tallies.Select(tally => Task.Run(() => AskAsync(schedule, tally, cancellationToken), cancellationToken)));
        while (await Task.WhenAny(running, Task.Delay(PollInterval, time, CancellationToken.None)) != running)
        {
            progress.Show(string.Create(CultureInfo.InvariantCulture, $"{what}: {schedule.Elapsed.TotalSeconds:N0} s"));
        }

        await running;
        var seconds = schedule.Elapsed.TotalSeconds;
        var all = new ApiTally();
        tallies.ForEach(all.Add);
        return (all, seconds);
    }

    /// <summary>Uses one connection until the time is over. Requests that were due by then are made, however late.</summary>
    private async Task AskAsync(ApiSchedule schedule, ApiTally tally, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        while (await schedule.NextAsync(cancellationToken) is { } since)
        {
            using var timeout = new CancellationTokenSource(AnswerTimeout, time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                var (status, bytes) = await AskAsync(buffer, linked.Token);
                tally.Count(status, bytes, schedule.Elapsed - since);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                tally.CountError(e is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } failed ? failed.HttpRequestError.ToString() : e.Message);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                tally.CountError(string.Create(CultureInfo.InvariantCulture, $"no answer within {AnswerTimeout.TotalSeconds} s"));
            }
        }
    }

    private async Task<(int Status, long Bytes)> AskAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address);
        if (_token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = 0L;
        for (int count; (count = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            bytes += count;
        }

        return ((int)response.StatusCode, bytes);
    }
}
