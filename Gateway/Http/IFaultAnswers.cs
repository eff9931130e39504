namespace OrleansTicker.Gateway.Http;

/// <summary>Knows what the faults of some endpoints are answered with.</summary>
internal interface IFaultAnswers
{
    /// <summary>The answer to a fault; null where it is not known here.</summary>
    /// <param name="context">The request that failed; no answer has begun.</param>
    /// <param name="fault">What its endpoint has thrown.</param>
    FaultAnswer? AnswerTo(HttpContext context, Exception fault);
}
