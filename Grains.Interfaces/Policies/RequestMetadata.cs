namespace OrleansTicker.Grains.Interfaces.Policies;

/// <summary>
/// What is known of a request, for conditions on <c>meta.*</c>. Unknown values are null and count as missing.
/// </summary>
/// <param name="Address"><c>meta.address</c>: the client's address, without port.</param>
/// <param name="Origin"><c>meta.origin</c>: the origin of the page, as the browser sends it.</param>
/// <param name="UserAgent"><c>meta.user_agent</c>: the <c>User-Agent</c> header.</param>
/// <param name="Scheme"><c>meta.scheme</c>: <c>https</c>, or <c>http</c> without encryption.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.RequestMetadata")]
public sealed record RequestMetadata(
    [property: Id(0)] string? Address = null,
    [property: Id(1)] string? Origin = null,
    [property: Id(2)] string? UserAgent = null,
    [property: Id(3)] string? Scheme = null)
{
    /// <summary>Nothing is known.</summary>
    public static readonly RequestMetadata None = new();
}
