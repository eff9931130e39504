using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Tests.Gateway.Http;

public sealed class WebOriginTests
{
    [Theory]
    [InlineData("https://ticker.example", "https://ticker.example")]
    [InlineData("HTTPS://Ticker.EXAMPLE", "https://ticker.example")]
    [InlineData("https://ticker.example:443", "https://ticker.example")]
    [InlineData("https://ticker.example:", "https://ticker.example")]
    [InlineData("https://ticker.example:0443", "https://ticker.example")]
    [InlineData("http://ticker.example:80", "http://ticker.example")]
    [InlineData("http://ticker.example:443", "http://ticker.example:443")]
    [InlineData("ws://ticker.example", "http://ticker.example")]
    [InlineData("wss://ticker.example:443", "https://ticker.example")]
    [InlineData("wss://ticker.example:8443", "https://ticker.example:8443")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example")]
    [InlineData("https://BÜCHER.example", "https://xn--bcher-kva.example")]
    [InlineData("https://XN--Bcher-KVA.example", "https://xn--bcher-kva.example")]
    [InlineData("https://faß.example", "https://xn--fa-hia.example")]
    [InlineData("https://例え。テスト", "https://xn--r8jz45g.xn--zckzah")]
    [InlineData("https://[::1]:443", "https://[::1]")]
    [InlineData("https://[0:0::0001]:8443", "https://[::1]:8443")]
    [InlineData("https://[2001:DB8::A]", "https://[2001:db8::a]")]
    [InlineData("http://127.0.0.1:8081", "http://127.0.0.1:8081")]
    [InlineData("http://my_host.local.", "http://my_host.local.")]
    [InlineData("capacitor://localhost", "capacitor://localhost")]
    [InlineData("chrome-extension://abcdefgh", "chrome-extension://abcdefgh")]
    public void An_origin_is_compared_as_browsers_write_it(string text, string written) =>
        Assert.Equal(written, $"{WebOrigin.Parse(text)}");

    [Theory]
    [InlineData("", "has no scheme such as https://")]
    [InlineData("null", "has no scheme such as https://")]
    [InlineData("ticker.example", "has no scheme such as https://")]
    [InlineData("://ticker.example", "has no scheme such as https://")]
    [InlineData("ht tp://ticker.example", "has no scheme such as https://")]
    [InlineData("https:ticker.example", "has no scheme such as https://")]
    [InlineData("https://", "has no host")]
    [InlineData("https://:443", "has no host")]
    [InlineData("file:///etc/passwd", "has a path")]
    [InlineData("https://ticker.example/", "has a path")]
    [InlineData("https://ticker.example/app", "has a path")]
    [InlineData("https://ticker.example\\app", "has a path")]
    [InlineData("https://ticker.example?a", "has a query or a fragment")]
    [InlineData("https://ticker.example#a", "has a query or a fragment")]
    [InlineData("https://ticker.example@evil.example", "names a user")]
    [InlineData("https://*.example", "has a wildcard, and each origin has to be named")]
    [InlineData("https://a..example", "has a host that is neither a name nor an address")]
    [InlineData("https://ticker.example ", "has a host that is neither a name nor an address")]
    [InlineData("https://ticker.example, https://evil.example", "has a path")]
    [InlineData("https://ticker.example,evil.example", "has a host that is neither a name nor an address")]
    [InlineData("https://ticker%2Eexample", "has a host that is neither a name nor an address")]
    [InlineData("https://::1", "has no host")]
    [InlineData("https://[::1", "has a host that is neither a name nor an address")]
    [InlineData("https://[::1%eth0]", "has a host that is neither a name nor an address")]
    [InlineData("https://[::1%25eth0]", "has a host that is neither a name nor an address")]
    [InlineData("https://[127.0.0.1]", "has a host that is neither a name nor an address")]
    [InlineData("https://ticker.example:65536", "has a port that is no number up to 65535")]
    [InlineData("https://ticker.example:+1", "has a port that is no number up to 65535")]
    [InlineData("https://ticker.example:443:443", "has a port that is no number up to 65535")]
    public void What_is_no_origin_says_why(string text, string reason)
    {
        Assert.Null(WebOrigin.Parse(text, out var fault));
        Assert.Equal(reason, fault);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(16000)]
    public void What_is_longer_than_any_host_is_not_looked_at(int length)
    {
        Assert.Null(WebOrigin.Parse($"https://{string.Concat(Enumerable.Range(0, length).Select(index => (char)(0x4e00 + index)))}", out var fault));
        Assert.Equal("is too long", fault);
    }
}
