using System.ComponentModel;

namespace OrleansTicker.Gateway.Api.Status;

/// <summary>The answer of <c>GET /api/v1/time</c>.</summary>
internal sealed record TimeJson(
    [property: Description("The time in ISO 8601, in UTC.")] string Time,
    [property: Description("The same in Unix seconds.")] long Timestamp,
    [property: Description("The same in Unix microseconds.")] long TimeUs);
