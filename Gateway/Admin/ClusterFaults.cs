using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Admin;

/// <summary>The answer if the cluster fails or does not answer in time.</summary>
internal sealed class ClusterFaults : IFaultAnswers
{
    /// <inheritdoc/>
    public FaultAnswer? AnswerTo(HttpContext context, Exception fault) =>
        ClusterFault.MayPass(fault) && !context.RequestAborted.IsCancellationRequested
            ? new FaultAnswer(StatusCodes.Status503ServiceUnavailable, "cluster unavailable")
            : null;
}
