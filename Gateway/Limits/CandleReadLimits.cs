using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Telemetry;

namespace OrleansTicker.Gateway.Limits;

/// <summary>
/// How many candles are read and written at the same time. Whoever comes beyond that waits, in the order of arrival and in bounded number, so
/// that many readers of much take no more of the processor from the prices than a few.
/// </summary>
internal sealed class CandleReadLimits(IOptions<LimitOptions> options, RefusalMetrics metrics) : IDisposable
{
    private const string RetryAfterSeconds = "1";

    private readonly Headcount<string> _readsByUser = new(options.Value.CandleReadsPerUser);
    private readonly Headcount<string> _downloadsByUser = new(options.Value.DownloadsPerUser);
    private readonly ConcurrencyLimiter _downloads = new(new ConcurrencyLimiterOptions { PermitLimit = options.Value.Downloads });
    private readonly ConcurrencyLimiter _reads = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.CandleReads,
        QueueLimit = options.Value.WaitingCandleReads,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>
    /// Reads a page when there is room for it, and sends it when there is room for others again: a client that takes its page slowly holds up
    /// nobody. If there is too much to do, answers with 429 or 503 instead.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="actorId">Its user, for whom the page counts until it is sent.</param>
    /// <param name="readAsync">Reads the page, and encodes the answer.</param>
    /// <param name="sendAsync">Sends the answer.</param>
    public async Task ReadAsync<T>(HttpContext context, string actorId, Func<Task<T>> readAsync, Func<T, Task> sendAsync)
    {
        if (!_readsByUser.TryEnter(actorId))
        {
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "candles of a user", "too many requests for candles at once");
            return;
        }

        try
        {
            T answer;
            using (var room = await WaitAsync(context.RequestAborted))
            {
                if (!room.IsAcquired)
                {
                    await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "candles", "too many requests for candles");
                    return;
                }

                answer = await readAsync();
            }

            await sendAsync(answer);
        }
        finally
        {
            _readsByUser.Leave(actorId);
        }
    }

    /// <summary>Runs a download, whose pages take their turns by <see cref="WaitAsync"/>. If there are too many, answers with 429 or 503 instead.</summary>
    /// <param name="context">The request.</param>
    /// <param name="actorId">Its user.</param>
    /// <param name="downloadAsync">Writes the answer.</param>
    public async Task DownloadAsync(HttpContext context, string actorId, Func<Task> downloadAsync)
    {
        if (!_downloadsByUser.TryEnter(actorId))
        {
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "downloads of a user", "too many downloads at once");
            return;
        }

        try
        {
            using var room = _downloads.AttemptAcquire();
            await (room.IsAcquired ? downloadAsync() : RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "downloads", "too many downloads"));
        }
        finally
        {
            _downloadsByUser.Leave(actorId);
        }
    }

    /// <summary>Waits for room to read a page; dispose what is returned afterwards. It is not acquired if too many wait already.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<RateLimitLease> WaitAsync(CancellationToken cancellationToken) => _reads.AcquireAsync(cancellationToken: cancellationToken);

    public void Dispose()
    {
        _reads.Dispose();
        _downloads.Dispose();
    }

    private Task RefuseAsync(HttpContext context, int status, string limit, string error)
    {
        metrics.Refused(limit);
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return ErrorResponse.WriteAsync(context, status, error);
    }
}
