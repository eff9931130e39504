using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Api;

/// <summary>What requests to the API pass through.</summary>
internal static class ApiPipeline
{
    /// <summary>Answers requests whose endpoint fails with an error in the form of the API. If an answer has begun, its connection is aborted.</summary>
    public static void UseApiErrors(this IApplicationBuilder app) => app.UseWhen(
        ApiPaths.IsFor,
        api => api.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => ErrorResponse.WriteAsync(context, context.Response.StatusCode, "internal error"),
        }));
}
