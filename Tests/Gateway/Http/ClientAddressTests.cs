using System.Net;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Tests.Gateway.Http;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData(null, null)]
    public void An_address_is_written_in_one_way_whatever_socket_it_came_over(string? address, string? written) =>
        Assert.Equal(written, ClientAddress.Of(address is null ? null : IPAddress.Parse(address)));
}
