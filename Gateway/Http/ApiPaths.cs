namespace OrleansTicker.Gateway.Http;

/// <summary>The paths of the HTTP API for market data, whose errors have forms of their own.</summary>
internal static class ApiPaths
{
    /// <summary>Where the REST API begins. Its errors are problem details (RFC 9457), also for paths that do not exist.</summary>
    public const string Rest = "/api";

    /// <summary>Where the API for TradingView's charts begins. Its errors are those of UDF.</summary>
    public const string Udf = "/udf";

    /// <summary>Whether a request is for either.</summary>
    public static bool IsFor(HttpContext context) => IsRest(context) || IsUdf(context);

    /// <summary>Whether a request is for the REST API.</summary>
    public static bool IsRest(HttpContext context) => context.Request.Path.StartsWithSegments(Rest, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a request is for the API for charts.</summary>
    public static bool IsUdf(HttpContext context) => context.Request.Path.StartsWithSegments(Udf, StringComparison.OrdinalIgnoreCase);
}
