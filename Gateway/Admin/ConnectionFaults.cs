using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Admin;

/// <summary>What is answered where the cluster says nothing in time about its connections.</summary>
internal sealed class ConnectionFaults : IFaultAnswers
{
    /// <inheritdoc/>
    public FaultAnswer? AnswerTo(HttpContext context, Exception fault) =>
        ClusterFault.MayPass(fault) && !context.RequestAborted.IsCancellationRequested
            ? new FaultAnswer(StatusCodes.Status503ServiceUnavailable, "cluster unavailable")
            : null;
}
