using System.Net;

namespace OrleansTicker.Gateway.Http;

/// <summary>The address of a client, as policies and logs write it.</summary>
internal static class ClientAddress
{
    /// <summary>The address without port, with an IPv4-mapped address as IPv4. Null if there is none.</summary>
    public static string? Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <summary>The text of an address.</summary>
    public static string? Of(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString();
}
