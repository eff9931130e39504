using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Http;

/// <summary>The JSON body of an error of UDF, whose clients read the body and not the status.</summary>
/// <param name="State">Always <c>error</c>.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record UdfError(
    [property: JsonPropertyName("s"), Description("Always error."), AllowedValues("error")] string State,
    [property: JsonPropertyName("errmsg"), Description("What is wrong.")] string Message)
{
    /// <summary>Answers with an error. Nothing may have been written before.</summary>
    /// <param name="context">The request to answer.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="message">What is wrong.</param>
    public static Task WriteAsync(HttpContext context, int status, string message) =>
        JsonResponse.WriteUncachedAsync(context, status, new UdfError("error", message), HttpJson.Default.UdfError);
}
