using System.Net;
using OrleansTicker.Gateway.Limits;

namespace OrleansTicker.Tests.Gateway.Limits;

public sealed class ClientNetworkTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("::ffff:192.0.2.7", "::ffff:192.0.2.8", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("fe80::1%1", "fe80::1%2", true)]
    [InlineData("::192.0.2.7", "192.0.2.7", false)]
    [InlineData("::1", "::2", true)]
    public void An_IPv4_address_counts_for_itself_and_an_IPv6_address_for_its_network(string one, string other, bool areSame) =>
        Assert.Equal(areSame, ClientNetwork.Of(IPAddress.Parse(one)) == ClientNetwork.Of(IPAddress.Parse(other)));
}
