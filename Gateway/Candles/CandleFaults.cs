using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Candles;

/// <summary>The answers if candles can't be read. The silos log why.</summary>
internal sealed class CandleFaults : IFaultAnswers
{
    private const int StoreRetrySeconds = 5;
    private const int ClusterRetrySeconds = 2;

    /// <inheritdoc/>
    public FaultAnswer? AnswerTo(HttpContext context, Exception fault) =>
        context.RequestAborted.IsCancellationRequested ? null
        : fault is HistoryUnavailableException ? new FaultAnswer(StatusCodes.Status503ServiceUnavailable, "history unavailable", RetryAfter: StoreRetrySeconds)
        : ClusterFault.MayPass(fault) ? new FaultAnswer(StatusCodes.Status503ServiceUnavailable, "cluster unavailable", RetryAfter: ClusterRetrySeconds)
        : null;
}
