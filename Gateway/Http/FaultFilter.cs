using System.Globalization;

namespace OrleansTicker.Gateway.Http;

/// <summary>
/// Answers the faults of an endpoint, and a body that cannot be read with what the web server says of it. Faults that are not known go
/// on to the web server, as does whatever happens after an answer has begun.
/// </summary>
/// <typeparam name="T">Knows the other faults.</typeparam>
internal sealed class FaultFilter<T>(T answers) : IEndpointFilter
    where T : IFaultAnswers
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (Exception fault) when (!request.Response.HasStarted && AnswerTo(request, fault) is { } answer)
        {
            answer.Log?.Invoke();
            if (answer.RetryAfter is { } seconds)
            {
                request.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            await ErrorResponse.WriteAsync(request, answer.Status, answer.Error);
            return Results.Empty;
        }
    }

    private FaultAnswer? AnswerTo(HttpContext request, Exception fault) =>
        answers.AnswerTo(request, fault)
        ?? (fault is BadHttpRequestException { StatusCode: var status } ? new FaultAnswer(status, "bad request") : null);
}
