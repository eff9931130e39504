using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OrleansTicker.Gateway.Limits;

/// <summary>
/// What counts as one address: an IPv4 address, or an IPv6 network of 64 bits, since whoever has one IPv6 address commonly has
/// all of those (RFC 6177).
/// </summary>
/// <param name="Bits">The address, or the first half of it.</param>
/// <param name="IsVersion6">Whether it is of IPv6.</param>
internal readonly record struct ClientNetwork(ulong Bits, bool IsVersion6)
{
    private const int Length6 = 16;
    private const int MappedAt = 12;

    /// <summary>The network of an address; of what has none, such as a Unix socket, it is 0.0.0.0.</summary>
    public static ClientNetwork Of(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[Length6];
        if (address is null || !address.TryWriteBytes(bytes, out _))
        {
            return default;
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return new ClientNetwork(BinaryPrimitives.ReadUInt32BigEndian(bytes), false);
        }

        return address.IsIPv4MappedToIPv6
            ? new ClientNetwork(BinaryPrimitives.ReadUInt32BigEndian(bytes[MappedAt..]), false)
            : new ClientNetwork(BinaryPrimitives.ReadUInt64BigEndian(bytes), true);
    }
}
