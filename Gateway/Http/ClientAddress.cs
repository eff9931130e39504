namespace OrleansTicker.Gateway.Http;

/// <summary>Where a request comes from, as people, policies and logs write it.</summary>
internal static class ClientAddress
{
    /// <summary>The address without port; an IPv4 address as such, also where the socket is one of IPv6. Null where there is none.</summary>
    public static string? Of(HttpContext context) => context.Connection.RemoteIpAddress is { } address
        ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
        : null;
}
