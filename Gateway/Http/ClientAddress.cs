using System.Net;

namespace OrleansTicker.Gateway.Http;

/// <summary>Where a request comes from, as people, policies and logs write it.</summary>
internal static class ClientAddress
{
    /// <summary>The address without port; an IPv4 address as such, also where the socket is one of IPv6. Null where there is none.</summary>
    public static string? Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <summary>The text of an address that was kept.</summary>
    public static string? Of(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString();
}
